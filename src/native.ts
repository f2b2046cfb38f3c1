import { hostOf } from './app/native/host.ts';
import { provideNative } from './compile/targets/native/index.ts';
import { toolchainOf } from './compile/targets/native/linker.ts';

/** The backend `native`, where there are processes and files: importing this module adds it. */
provideNative(toolchainOf(hostOf()));
