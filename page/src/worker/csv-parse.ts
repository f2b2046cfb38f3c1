import { Parser as Streamed } from 'csv-parse/browser/esm';

/** The reader of quoted tables as the engine knows it, on the stream that it brings along where there is no machine. */
export class Parser extends Streamed {
  private readonly decoder = new TextDecoder('utf-8');

  /** That stream takes no bytes but its own kind. */
  override write(piece: unknown, ...rest: never[]): boolean {
    const text = piece instanceof Uint8Array ? this.decoder.decode(piece, { stream: true }) : piece;
    return super.write(text, ...rest);
  }

  /** It holds nothing. */
  override destroy(): this {
    return this;
  }
}
