import { SHARED_PRODUCT } from './work.ts';

/**
 * C = scale·A·B, or += that, by strides: the columns of C lie side by side. A block of C is kept in registers, vectors of the
 * machine's width, while its sums are taken; what does not lie as that wants it is copied into panels first, in blocks that
 * the caches hold. GCC's vectors, which clang has too. Of a result that is its own transpose, strips that lie below the diagonal
 * are left out, and copied.
 */
const HEAD = `#include <pthread.h>

#if defined(__AVX512F__)
#define WIDTH 64
#define ROWS 8
#define VECTORS 3
#elif defined(__AVX__)
#define WIDTH 32
#define ROWS 6
#define VECTORS 2
#elif defined(__aarch64__)
#define WIDTH 16
#define ROWS 6
#define VECTORS 4
#else
#define WIDTH 16
#define ROWS 4
#define VECTORS 2
#endif
#define UNROLLED _Pragma("GCC unroll 16")

/* Multiplications from which on several threads are worth it. */
enum { SHARED = ${SHARED_PRODUCT} };

/* Bytes of the panels: a part of the second cache each. */
enum { LEFT_BYTES = 192 << 10, RIGHT_BYTES = 1 << 20 };

static pthread_key_t panels_key;
static pthread_once_t panels_once = PTHREAD_ONCE_INIT;
static void make_key(void) { pthread_key_create(&panels_key, free); }

/* Of each thread its own: workers compute at the same time. */
static char *panels(void) {
  pthread_once(&panels_once, make_key);
  char *made = pthread_getspecific(panels_key);
  if (!made) {
    made = aligned_alloc(64, LEFT_BYTES + RIGHT_BYTES);
    if (!made) abort();
    pthread_setspecific(panels_key, made);
  }
  return made;
}
`;

/** Blocks of m rows and n vectors of columns. */
const block = (real: string, m: string, n: number): string => `
static __attribute__((noinline)) void block_${real}_${m}_${n}(long K, const ${real} *restrict A, long ars, long acs, const ${real} *restrict B, long brs, ${real} *restrict C, long crs, ${real} scale, int add) {
  vector_${real} c[${m}][${n}];
  UNROLLED for (int i = 0; i < ${m}; i++)
    UNROLLED for (int j = 0; j < ${n}; j++) c[i][j] = (vector_${real}){0};
  for (long k = 0; k < K; k++, A += acs, B += brs) {
    vector_${real} b[${n}];
    UNROLLED for (int j = 0; j < ${n}; j++) b[j] = *(const anywhere_${real} *)(B + j * WIDE_${real});
    UNROLLED for (int i = 0; i < ${m}; i++) {
      const ${real} a = A[i * ars];
      UNROLLED for (int j = 0; j < ${n}; j++) c[i][j] += a * b[j];
    }
  }
  UNROLLED for (int i = 0; i < ${m}; i++)
    UNROLLED for (int j = 0; j < ${n}; j++) {
      anywhere_${real} *const p = (anywhere_${real} *)(C + i * crs + j * WIDE_${real});
      vector_${real} v = scale * c[i][j];
      if (add) v += *p;
      *p = v;
    }
}`;

const HEIGHTS = ['1', '2', '4', 'ROWS'];
const MOST_VECTORS = 4;

const blocks = (real: string): string =>
  Array.from({ length: MOST_VECTORS }, (_, k) => k + 1)
    .map((n) => [`#if VECTORS >= ${n}`, ...HEIGHTS.map((m) => block(real, m, n)), '#endif'].join('\n'))
    .join('\n');

const table = (real: string): string => `
typedef void (*block_${real})(long, const ${real} *restrict, long, long, const ${real} *restrict, long, ${real} *restrict, long, ${real}, int);
static const block_${real} blocks_${real}[VECTORS][4] = {
${Array.from({ length: MOST_VECTORS }, (_, k) => `#if VECTORS >= ${k + 1}\n  {${HEIGHTS.map((m) => `block_${real}_${m}_${k + 1}`).join(', ')}},\n#endif`).join('\n')}
};`;

const multiply = (name: string, real: string): string => `
typedef ${real} vector_${real} __attribute__((vector_size(WIDTH)));
typedef ${real} anywhere_${real} __attribute__((vector_size(WIDTH), aligned(sizeof(${real})), may_alias));
enum { WIDE_${real} = WIDTH / sizeof(${real}), ACROSS_${real} = VECTORS * WIDE_${real} };
/* Sums, rows and columns that are taken at a time. */
enum {
  DEEP_${real} = 1536 / sizeof(${real}),
  TALL_${real} = LEFT_BYTES / sizeof(${real}) / DEEP_${real} / ROWS * ROWS,
  BROAD_${real} = RIGHT_BYTES / sizeof(${real}) / DEEP_${real} / ACROSS_${real} * ACROSS_${real}
};
${blocks(real)}
${table(real)}

/* How many vectors the next strip has: two of two rather than three and one. */
static int strip_${real}(long columns) {
  const long left = (columns + WIDE_${real} - 1) / WIDE_${real};
  return left == VECTORS + 1 && VECTORS > 2 ? VECTORS - 1 : left < VECTORS ? (int)left : VECTORS;
}

/* All rows of a strip of n vectors, of which some columns are beyond the result. */
static void down_${real}(long M, int n, long columns, long K, const ${real} *A, long ars, long acs, const ${real} *B, long brs, ${real} *C, long crs, ${real} scale, int add) {
  const int whole = columns == (long)n * WIDE_${real};
  for (long i = 0; i < M;) {
    const long left = M - i;
    const int kind = left >= ROWS ? 3 : left >= 4 ? 2 : left >= 2 ? 1 : 0;
    const int rows = kind == 3 ? ROWS : 1 << kind;
    if (whole) blocks_${real}[n - 1][kind](K, A + i * ars, ars, acs, B, brs, C + i * crs, crs, scale, add);
    else {
      ${real} edge[ROWS * ACROSS_${real}] __attribute__((aligned(64)));
      if (add) {
        memset(edge, 0, sizeof edge);
        for (int r = 0; r < rows; r++)
          for (long j = 0; j < columns; j++) edge[r * ACROSS_${real} + j] = C[(i + r) * crs + j];
      }
      blocks_${real}[n - 1][kind](K, A + i * ars, ars, acs, B, brs, edge, ACROSS_${real}, scale, add);
      for (int r = 0; r < rows; r++)
        for (long j = 0; j < columns; j++) C[(i + r) * crs + j] = edge[r * ACROSS_${real} + j];
    }
    i += rows;
  }
}

/* Panels of strips, one row after another; columns that are not there are 0. */
static void pack_right_${real}(${real} *to, long columns, long K, const ${real} *B, long brs, long bcs) {
  for (long j = 0; j < columns;) {
    const int n = strip_${real}(columns - j);
    const long wide = (long)n * WIDE_${real}, own = columns - j < wide ? columns - j : wide;
    const ${real} *const from = B + j * bcs;
    if (bcs == 1 && own == wide)
      for (long k = 0; k < K; k++) memcpy(to + k * wide, from + k * brs, wide * sizeof(${real}));
    else {
      if (own < wide) memset(to, 0, K * wide * sizeof(${real}));
      if (brs == 1)
        for (long c = 0; c < own; c++)
          for (long k = 0; k < K; k++) to[k * wide + c] = from[k + c * bcs];
      else
        for (long k = 0; k < K; k++)
          for (long c = 0; c < own; c++) to[k * wide + c] = from[k * brs + c * bcs];
    }
    to += K * wide;
    j += wide;
  }
}

/* Panels of rows, one sum after another; what is left of the rows as it is. */
static void pack_left_${real}(${real} *to, long M, long K, const ${real} *A, long ars, long acs) {
  long i = 0;
  for (; i + ROWS <= M; i += ROWS, to += ROWS * K)
    if (acs == 1)
      for (int r = 0; r < ROWS; r++)
        for (long k = 0; k < K; k++) to[k * ROWS + r] = A[(i + r) * ars + k];
    else
      for (long k = 0; k < K; k++)
        for (int r = 0; r < ROWS; r++) to[k * ROWS + r] = A[(i + r) * ars + k * acs];
  for (; i < M; i++, to += K)
    for (long k = 0; k < K; k++) to[k] = A[i * ars + k * acs];
}

/* Whether the right operand is read as it lies: where that is a few times only, or from a near cache. */
static int as_it_lies_${real}(long M, long N, long K, long brs, long bcs) {
  const int near = M <= 2 * ROWS || (N * K * (long)sizeof(${real}) <= 512 << 10 && brs * sizeof(${real}) % 4096 != 0);
  return bcs == 1 && N % WIDE_${real} == 0 && near;
}

/* Of row 0 the columns from the first on are wanted, of each further row one less; all are where that is far below 0. */
static void alone_${real}(long M, long N, long K, const ${real} *A, long ars, long acs, const ${real} *B, long brs, long bcs, ${real} *C, long crs, ${real} scale, int add, long first) {
  if (as_it_lies_${real}(M, N, K, brs, bcs)) {
    for (long k = 0; k < K; k += DEEP_${real}) {
      const long deep = K - k < DEEP_${real} ? K - k : DEEP_${real};
      for (long i = 0; i < M; i += ROWS)
        for (long j = 0; j < N;) {
          const int n = strip_${real}(N - j);
          if (j + n * WIDE_${real} > first + i)
            down_${real}(M - i < ROWS ? M - i : ROWS, n, (long)n * WIDE_${real}, deep, A + i * ars + k * acs, ars, acs, B + k * brs + j, brs, C + i * crs + j, crs, scale, add || k > 0);
          j += n * WIDE_${real};
        }
    }
    return;
  }
  ${real} *const left = (${real} *)panels(), *const right = (${real} *)((char *)left + LEFT_BYTES);
  for (long jc = 0; jc < N; jc += BROAD_${real}) {
    const long broad = N - jc < BROAD_${real} ? N - jc : BROAD_${real};
    for (long kc = 0; kc < K; kc += DEEP_${real}) {
      const long deep = K - kc < DEEP_${real} ? K - kc : DEEP_${real};
      const int adds = add || kc > 0;
      pack_right_${real}(right, broad, deep, B + kc * brs + jc * bcs, brs, bcs);
      for (long ic = 0; ic < M; ic += TALL_${real}) {
        const long tall = M - ic < TALL_${real} ? M - ic : TALL_${real};
        const ${real} *const a = A + ic * ars + kc * acs;
        const int packed = broad > 4 * ACROSS_${real};
        if (packed) pack_left_${real}(left, tall, deep, a, ars, acs);
        const long rest = tall % ROWS;
        /* The rows of a panel stay in the nearest cache, the strips come from the next. */
        for (long i = 0; i < tall; i += ROWS) {
          const long rows = tall - i < ROWS ? rest : ROWS;
          const ${real} *const from = packed ? left + i * deep : a + i * ars, *b = right;
          const long down = !packed ? ars : rows < ROWS ? deep : 1, along = !packed ? acs : rows < ROWS ? 1 : ROWS;
          for (long j = 0; j < broad;) {
            const int n = strip_${real}(broad - j);
            const long wide = (long)n * WIDE_${real}, own = broad - j < wide ? broad - j : wide;
            if (jc + j + own > first + ic + i)
              down_${real}(rows, n, own, deep, from, down, along, b, wide, C + (ic + i) * crs + jc + j, crs, scale, adds);
            b += deep * wide;
            j += wide;
          }
        }
      }
    }
  }
}

struct given_${real} {
  long M, N, K;
  const ${real} *A;
  long ars, acs;
  const ${real} *B;
  long brs, bcs;
  ${real} *C;
  long crs;
  ${real} scale;
  int add;
  long first;
};

/* What lies below the diagonal, in squares that the nearest cache holds. */
static void mirror_${real}(long M, ${real} *C, long crs) {
  enum { SIDE = 16 };
  for (long i0 = 0; i0 < M; i0 += SIDE)
    for (long j0 = 0; j0 <= i0; j0 += SIDE)
      for (long i = i0; i < i0 + SIDE && i < M; i++)
        for (long j = j0; j < j0 + SIDE && j < i; j++) C[i * crs + j] = C[j * crs + i];
}

static void rows_${real}(const void *given, int from, int to) {
  const struct given_${real} *const g = given;
  const long i = (long)from * ROWS, end = (long)to * ROWS;
  alone_${real}((end < g->M ? end : g->M) - i, g->N, g->K, g->A + i * g->ars, g->ars, g->acs, g->B, g->brs, g->bcs, g->C + i * g->crs, g->crs, g->scale, g->add, g->first + i);
}

static void columns_${real}(const void *given, int from, int to) {
  const struct given_${real} *const g = given;
  const long j = (long)from * ACROSS_${real}, end = (long)to * ACROSS_${real};
  alone_${real}(g->M, (end < g->N ? end : g->N) - j, g->K, g->A, g->ars, g->acs, g->B + j * g->bcs, g->brs, g->bcs, g->C + j, g->crs, g->scale, g->add, g->first - j);
}

/* Each entry is summed up in the same order, however many threads there are. */
static void ${name}(sharing *share, int threads, long M, long N, long K, const ${real} *A, long ars, long acs, const ${real} *B, long brs, long bcs, ${real} *C, long crs, ${real} scale, int add, int half) {
  const long first = half ? 0 : -M - N, down = (M + ROWS - 1) / ROWS, across = (N + ACROSS_${real} - 1) / ACROSS_${real};
  if (threads < 2 || (double)M * N * K < SHARED || (down < 2 && across < 2)) {
    alone_${real}(M, N, K, A, ars, acs, B, brs, bcs, C, crs, scale, add, first);
    if (half) mirror_${real}(M, C, crs);
    return;
  }
  const struct given_${real} given = {M, N, K, A, ars, acs, B, brs, bcs, C, crs, scale, add, first};
  /* Each thread packs the operand that it needs whole: the smaller one. */
  const int by_rows = across < 2 || (down >= threads && (M >= N || across < threads || as_it_lies_${real}(M, N, K, brs, bcs)));
  share(threads, by_rows ? rows_${real} : columns_${real}, &given, by_rows ? down : across);
  if (half) mirror_${real}(M, C, crs);
}
`;

export const PRODUCTS: readonly string[] = [HEAD, multiply('multiply_f64', 'double'), multiply('multiply_f32', 'float')];
