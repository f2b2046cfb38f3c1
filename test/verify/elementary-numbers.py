"""Writes elementary-numbers.csv: values of elementary functions in 72 digits where digits are easily lost.

Run with Python and mpmath. Every line is a name, the arguments and the value.
"""

import pathlib
import sys

import mpmath as mp
from mpmath import mpf

sys.set_int_max_str_digits(0)

PI = "3.141592653589793238462643383279502884197169399375105820974944592"
HALF_PI = "1.570796326794896619231321691639751442098584699687552910487472296"
TINY = ["1e-5000", "1e-300", "1e-40", "1e-34", "1e-10"]
BELOW_ONE = ["0.1", "0.5", "0.9", "0.9999999999", "0." + "9" * 40, "0." + "9" * 63]
ABOVE_ONE = ["1." + "0" * 40 + "1", "1." + "0" * 62 + "1", "1.5", "2", "7.3", "25", "99", "101"]
LARGE = ["1e3", "12345.678", "1e10", "1.234567e20", "1e34", "1e36", "1e300"]
ANGLES = ["1.5707963267948966", "3.141592653589793", HALF_PI, PI]


def both(points):
    return [sign + x for x in points for sign in ("", "-")]


FUNCTIONS = {
    "exp": (mp.exp, both(TINY + BELOW_ONE + ABOVE_ONE + ["700", "1e7", "123456789.123", "1e10", "1e15"])),
    "log": (mp.log, TINY + BELOW_ONE + ABOVE_ONE + LARGE + ["1e5000"]),
    "sin": (mp.sin, both(TINY + BELOW_ONE + ANGLES + ABOVE_ONE + LARGE)),
    "cos": (mp.cos, both(TINY + BELOW_ONE + ANGLES + ABOVE_ONE + LARGE)),
    "tan": (mp.tan, both(TINY + BELOW_ONE + ANGLES + ABOVE_ONE + LARGE)),
    "asin": (mp.asin, both(TINY + BELOW_ONE)),
    "acos": (mp.acos, both(TINY + BELOW_ONE)),
    "atan": (mp.atan, both(TINY + BELOW_ONE + ABOVE_ONE + LARGE)),
    "sinh": (mp.sinh, both(TINY + BELOW_ONE + ABOVE_ONE + ["700", "1e5", "1e10"])),
    "cosh": (mp.cosh, both(TINY + BELOW_ONE + ABOVE_ONE + ["700", "1e5", "1e10"])),
    "tanh": (mp.tanh, both(TINY + BELOW_ONE + ABOVE_ONE + ["70", "80", "1e3"])),
    "asinh": (mp.asinh, both(TINY + BELOW_ONE + ABOVE_ONE + LARGE + ["1e2000"])),
    "acosh": (mp.acosh, ABOVE_ONE + LARGE + ["1e2000"]),
    "atanh": (mp.atanh, both(TINY + BELOW_ONE)),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), both(TINY + BELOW_ONE + ABOVE_ONE + LARGE + ["1e2000"])),
    "pow": (
        mp.power,
        [
            ("1." + "0" * 39 + "1", "1e42"),
            ("1." + "0" * 39 + "1", "-3e43"),
            ("2", "1e15"),
            ("2", "1000000000000000.5"),
            ("1.000000000000001", "100000000000000000000.5"),
            ("0.999999", "9007199254740993"),
            ("-1.0000000001", "10000000001"),
            ("1e-5000", "1e-10"),
            ("7", "1e-50"),
        ],
    ),
}


def main():
    lines = []
    for name, (function, points) in FUNCTIONS.items():
        for point in points:
            args = point if isinstance(point, tuple) else (point,)
            mp.mp.dps = 7000 if any("e-5" in a or "e5" in a or "e2000" in a for a in args) else 800
            value = mp.nstr(function(*[mpf(a) for a in args]), 72)
            lines.append(",".join([name, *args, value]))
    pathlib.Path(__file__).with_name("elementary-numbers.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
