/** In pixels: what stands around the text in a box of the graph, and a line of it. Who lays out and who draws agree on them. */
export const PADDING = 10;
export const LINE = 16;
