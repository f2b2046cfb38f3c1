"""What XLA sends: exported programs compiled for eight devices that are simulated, data split along one axis.

Jobs come as JSON on standard input; what each program sends, in bytes by kind of collective, goes to standard output.
"""

import importlib.util
import json
import os
import re
import sys

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, NamedSharding, PartitionSpec

BYTES = {"pred": 1, "s8": 1, "u8": 1, "s32": 4, "u32": 4, "f32": 4, "s64": 8, "u64": 8, "f64": 8}
KINDS = "all-reduce|all-gather|all-to-all|collective-permute|reduce-scatter"
mesh = Mesh(np.array(jax.devices()), ("devices",))


def sharding(axes, axis):
    places = [None] * axes
    if axis >= 0:
        places[axis] = "devices"
    return NamedSharding(mesh, PartitionSpec(*places))


def sent(text):
    """The bytes of what collectives give, by kind."""
    total = {}
    for line in text.splitlines():
        found = re.match(rf"\s*(?:ROOT )?\S+ = (.*?) ({KINDS})(?:-start)?\(", line)
        if not found:
            continue
        for kind, lengths in re.findall(r"(\w+)\[([\d,]*)\]", found.group(1)):
            count = int(np.prod([int(n) for n in lengths.split(",") if n]))
            total[found.group(2)] = total.get(found.group(2), 0) + BYTES[kind] * count
    return total


def compiled(job):
    spec = importlib.util.spec_from_file_location(job["name"], job["file"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    arrays = [
        {i["name"]: jax.ShapeDtypeStruct(i["shape"], jnp.dtype(job["dtype"])) for i in job[group]}
        for group in ("params", "data")
    ]
    params, data = ({i["name"]: sharding(len(i["shape"]), i["axis"]) for i in job[g]} for g in ("params", "data"))
    run = jax.jit(
        module.value_and_gradients,
        in_shardings=(params, data),
        out_shardings=(sharding(0, -1), params),
    )
    return run.lower(*arrays).compile()


results = []
for job in json.load(sys.stdin):
    program = compiled(job)
    if "--text" in sys.argv:
        print(program.as_text(), file=sys.stderr)
    memory = program.memory_analysis()
    results.append(
        {
            "name": job["name"],
            "sent": sent(program.as_text()),
            "arguments": memory.argument_size_in_bytes,
            "temporary": memory.temp_size_in_bytes,
        }
    )
json.dump(results, sys.stdout)
