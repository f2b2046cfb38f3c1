/** At how many random places gradients are compared with differences, unless told. */
export const POINTS = 3;
