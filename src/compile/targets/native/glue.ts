/**
 * What makes a module of Node of a C file, without Node's headers: the functions of Node-API that it needs, declared as
 * they are in every version since 8.
 */
export const NODE_API = `#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_ref__ *napi_ref;
typedef struct napi_callback_info__ *napi_callback_info;
typedef int napi_status;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
typedef void (*napi_finalize)(napi_env, void *, void *);

extern napi_status napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
extern napi_status napi_get_value_double(napi_env, napi_value, double *);
extern napi_status napi_get_element(napi_env, napi_value, uint32_t, napi_value *);
extern napi_status napi_get_value_bool(napi_env, napi_value, bool *);
extern napi_status napi_get_value_external(napi_env, napi_value, void **);
extern napi_status napi_get_arraybuffer_info(napi_env, napi_value, void **, size_t *);
extern napi_status napi_get_typedarray_info(napi_env, napi_value, int *, size_t *, void **, napi_value *, size_t *);
extern napi_status napi_create_double(napi_env, double, napi_value *);
extern napi_status napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
extern napi_status napi_create_external(napi_env, void *, napi_finalize, void *, napi_value *);
extern napi_status napi_create_external_arraybuffer(napi_env, void *, size_t, napi_finalize, void *, napi_value *);
extern napi_status napi_set_named_property(napi_env, napi_value, const char *, napi_value);
extern napi_status napi_add_finalizer(napi_env, napi_value, void *, napi_finalize, void *, napi_ref *);
extern napi_status napi_throw_error(napi_env, const char *, const char *);

#define EXPORTED __attribute__((visibility("default")))
EXPORTED int32_t node_api_module_get_api_version_v1(void) { return 8; }

/* Where an error is pending already, it stays. */
static napi_value failed(napi_env env, const char *message) {
  napi_throw_error(env, 0, message);
  return 0;
}

static napi_value export_function(napi_env env, napi_value exports, const char *name, napi_callback call) {
  napi_value f;
  if (napi_create_function(env, name, strlen(name), call, 0, &f) || napi_set_named_property(env, exports, name, f)) return failed(env, "no exports");
  return exports;
}

static napi_value export_external(napi_env env, napi_value exports, const char *name, const void *what) {
  napi_value made;
  if (napi_create_external(env, (void *)what, 0, 0, &made) || napi_set_named_property(env, exports, name, made)) return failed(env, "no exports");
  return exports;
}
`;

/**
 * The memory of programs: owned here and on a line of the cache, and given back when neither the buffer nor a program that
 * computes in it is there any more, so that a buffer that was handed to another thread is still safe.
 */
export const MEMORY = `#include <stdatomic.h>

struct owner {
  void *block;
  atomic_long users;
};

enum { LINE = 64 };

static struct owner *owner_of(void *memory) { return (struct owner *)((char *)memory - LINE); }

static void release(struct owner *owner) {
  if (atomic_fetch_sub(&owner->users, 1) == 1) free(owner->block);
}

static void released(napi_env env, void *memory, void *hint) { release(owner_of(memory)); }
`;

/** What is thrown where there is none. */
export const NO_MEMORY = 'no memory';

/**
 * Of at least one line: a buffer of no bytes has no address. Node may have given the memory back where it makes no buffer of
 * it, so that it is held here until that is known.
 */
export const ALLOCATE = `static napi_value allocate(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value args[1], made;
  double wanted;
  if (napi_get_cb_info(env, info, &count, args, 0, 0) || napi_get_value_double(env, args[0], &wanted)) return failed(env, "no size");
  const size_t bytes = wanted > LINE ? (size_t)wanted : LINE;
  char *const block = calloc(1, bytes + 3 * LINE);
  if (!block) return failed(env, "${NO_MEMORY}");
  char *const memory = (char *)(((uintptr_t)block + 2 * LINE - 1) / LINE * LINE);
  struct owner *const owner = owner_of(memory);
  owner->block = block;
  atomic_init(&owner->users, 2);
  const napi_status status = napi_create_external_arraybuffer(env, memory, bytes, released, 0, &made);
  release(owner);
  return status ? failed(env, "no buffers of other memory") : made;
}
`;

/** bind(buffer, threads, share, services) → run(steps, history, watch, lent): `start` is what the program itself defines. */
export const BIND = `#include <sys/mman.h>

/* The kind of a typed array. */
enum { DOUBLES = 8 };

struct bound {
  real *memory;
  int threads;
};

/* Pages of 2 MB, where there are such, cost far less than those of 4 kB when they are touched first. */
static void in_large_pages(void *data, size_t bytes) {
#ifdef MADV_HUGEPAGE
  const uintptr_t page = (uintptr_t)2 << 20, from = ((uintptr_t)data + page - 1) & -page, to = ((uintptr_t)data + bytes) & -page;
  if (from < to) madvise((void *)from, to - from, MADV_HUGEPAGE);
#endif
}

static napi_value run_bound(napi_env env, napi_callback_info info) {
  size_t count = 4;
  napi_value args[4], made;
  struct bound *bound;
  real *lent[LENT + 1] = {0};
  double steps, *history = 0;
  bool watch;
  if (napi_get_cb_info(env, info, &count, args, 0, (void **)&bound)) return failed(env, "no call");
  if (napi_get_value_double(env, args[0], &steps) || napi_get_value_bool(env, args[2], &watch)) return failed(env, "no steps");
  int kind;
  size_t reach, length;
  /* There need not be one. */
  if (napi_get_typedarray_info(env, args[1], &kind, &reach, (void **)&history, 0, 0) || kind != DOUBLES) reach = 0;
  for (uint32_t k = 0; count > 3 && k < LENT; k++) {
    napi_value one;
    void *data;
    if (napi_get_element(env, args[3], k, &one) || napi_get_typedarray_info(env, one, &kind, &length, &data, 0, 0)) continue;
    if (kind != KIND || length != lengths[k]) continue;
    lent[k] = data;
    if (k >= READ) in_large_pages(data, length * sizeof(real));
  }
  const int64_t done = start(bound->memory, lent, bound->threads, (int64_t)steps, history, (int64_t)reach, watch);
  return napi_create_double(env, (double)done, &made) ? failed(env, "no number") : made;
}

static void unbound(napi_env env, void *bound, void *hint) {
  release(owner_of(((struct bound *)bound)->memory));
  free(bound);
}

/* What another module handed over; 0 where there is none. */
static void *handed(napi_env env, napi_value value) {
  void *made;
  return napi_get_value_external(env, value, &made) ? 0 : made;
}

static napi_value bind(napi_env env, napi_callback_info info) {
  size_t count = 4, length;
  napi_value args[4], made;
  void *memory;
  double threads;
  if (napi_get_cb_info(env, info, &count, args, 0, 0) || napi_get_arraybuffer_info(env, args[0], &memory, &length)) return failed(env, "no memory");
  if (!memory || length < sizeof(real) * (size_t)LENGTH) return failed(env, "too little memory");
  if (napi_get_value_double(env, args[1], &threads)) return failed(env, "no threads");
  if (!crew) crew = handed(env, args[2]);
  if (!services) services = handed(env, args[3]);
  struct bound *const bound = malloc(sizeof *bound);
  if (!bound) return failed(env, "no memory");
  bound->memory = memory;
  bound->threads = crew ? (int)threads : 1;
  atomic_fetch_add(&owner_of(memory)->users, 1);
  if (napi_create_function(env, "run", 3, run_bound, bound, &made) || napi_add_finalizer(env, made, bound, unbound, 0, 0)) {
    unbound(env, bound, 0);
    return failed(env, "no function");
  }
  return made;
}

EXPORTED napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  return export_function(env, exports, "bind", bind);
}
`;
