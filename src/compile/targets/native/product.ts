const plain = (
  name: string,
  real: string,
): string => `static void ${name}(long M, long N, long K, const ${real} *A, long ars, long acs, const ${real} *B, long brs, long bcs, ${real} *C, long crs, ${real} scale, int add) {
  for (long i = 0; i < M; i++)
    for (long j = 0; j < N; j++) {
      ${real} total = 0;
      for (long k = 0; k < K; k++) total += A[i * ars + k * acs] * B[k * brs + j * bcs];
      C[i * crs + j] = (add ? C[i * crs + j] : 0) + scale * total;
    }
}
`;

export const PRODUCTS = [plain('multiply_f64', 'double'), plain('multiply_f32', 'float')];
