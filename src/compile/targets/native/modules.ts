import { CREW, SHARING } from './crew.ts';
import { ALLOCATE, MEMORY, NODE_API } from './glue.ts';
import { PRODUCTS } from './product.ts';

/** The memory of all programs. */
export const MEMORY_MODULE = [
  NODE_API,
  MEMORY,
  ALLOCATE,
  `EXPORTED napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  return export_function(env, exports, "allocate", allocate);
}
`,
].join('\n');

/** The threads that all programs share. */
export const CREW_MODULE = [
  '#define _GNU_SOURCE',
  NODE_API,
  CREW,
  `EXPORTED napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  return export_external(env, exports, "share", (void *)share);
}
`,
].join('\n');

/** The kernels that programs call: compiled once, for they take longer than most programs. */
export const PRODUCT_MODULE = [
  NODE_API,
  SHARING,
  ...PRODUCTS,
  `static const struct { void *multiply_f64, *multiply_f32; } services = {multiply_f64, multiply_f32};

EXPORTED napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  return export_external(env, exports, "services", &services);
}
`,
].join('\n');
