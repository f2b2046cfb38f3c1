import { ALLOCATE, MEMORY, NODE_API } from './glue.ts';
import { PRODUCTS } from './product.ts';

/** The module that is loaded once: the memory of programs, and the kernels that they call. */
export const RUNTIME = [
  NODE_API,
  MEMORY,
  ALLOCATE,
  ...PRODUCTS,
  `static const struct { void *multiply_f64, *multiply_f32; } services = {multiply_f64, multiply_f32};

EXPORTED napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value made;
  export_function(env, exports, "allocate", allocate);
  if (napi_create_external(env, (void *)&services, 0, 0, &made) == 0) napi_set_named_property(env, exports, "services", made);
  return exports;
}
`,
].join('\n');
