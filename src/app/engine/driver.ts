/**
 * What Python does in a run: it waits for commands, and computes. A command is a line of JSON, and as many bytes behind it
 * as that says, on standard input of the first process, which hands it on to the others; answers of the same form come on
 * descriptor 3, since libraries print on standard output. Where standard input ends, so do all processes.
 */
export const DRIVER = String.raw`"""Runs the steps of a descent for gradus, in one process or one of many."""

import inspect
import json
import os
import queue
import shutil
import sys
import threading

# Room for a command that is handed on, and the seconds without one after which the others are told so.
HEADER = 512
IDLE = 20.0
# Costs that one command can ask for.
MOST = 1024


def tell(head, data=b""):
    """An answer: a line, and the bytes that belong to it."""
    parts = memoryview(json.dumps({**head, "bytes": len(data)}).encode() + b"\n" + data)
    while len(parts) > 0:
        parts = parts[os.write(3, parts):]


def fail(kind, what):
    tell({kind: what})
    os._exit(1)


def listen(commands, folder):
    """Commands as they come; the end of them is the end of the process."""
    source = sys.stdin.buffer
    while True:
        line = source.readline()
        if not line:
            if commands is not None:
                shutil.rmtree(folder, ignore_errors=True)
            os._exit(1)
        head = json.loads(line)
        data = source.read(head.get("bytes", 0))
        if commands is not None:
            commands.put((head, data))


def join(jax, spec):
    """Finds the other processes."""
    jax.config.update("jax_enable_preemption_service", False)
    if "jax_cpu_collectives_implementation" in jax.config.values:
        jax.config.update("jax_cpu_collectives_implementation", "gloo")
    tell({"stage": "joining"})
    wanted = {
        "initialization_timeout": spec["wait"],
        "heartbeat_timeout_seconds": spec["heartbeat"],
        "shutdown_timeout_seconds": spec["heartbeat"],
    }
    if spec.get("coordinator"):
        wanted["coordinator_address"] = spec["coordinator"]
    if spec.get("processes"):
        wanted.update(num_processes=spec["processes"], process_id=spec["id"])
    known = inspect.signature(jax.distributed.initialize).parameters
    jax.distributed.initialize(**{name: value for name, value in wanted.items() if name in known})


def compare(np, seals):
    """Ends all where one has something else than the first."""
    from jax.experimental import multihost_utils

    own = np.frombuffer(bytes.fromhex("".join(seals.values())), np.uint8)
    found = np.asarray(multihost_utils.process_allgather(own)).reshape(-1, own.size)
    unlike = np.argwhere(found != found[0])
    if len(unlike) > 0:
        process, at = unlike[0].tolist()
        fail("unlike", {"process": process, "what": list(seals)[at * len(seals) // own.size]})


class Run:
    """The arrays of a run, spread over all devices along the examples, and the steps on them."""

    def __init__(self, jax, np, model, update, spec, folder):
        from jax.sharding import Mesh, NamedSharding, PartitionSpec

        self.jax, self.np, self.model, self.update = jax, np, model, update
        self.spec, self.folder = spec, folder
        self.devices = len(jax.devices())
        self.dtype = np.dtype(spec["dtype"])
        mesh = Mesh(np.array(jax.devices()), ("examples",))
        self.spread = lambda axis: NamedSharding(mesh, PartitionSpec(*[None] * axis, "examples"))
        self.everywhere = NamedSharding(mesh, PartitionSpec())
        self.settings = {name: self.same(np.asarray(x, self.dtype)) for name, x in spec["settings"].items()}
        self.fixed = {p["name"]: self.same(self.read(p).reshape(p["shape"])) for p in spec["fixed"]}
        self.files = {d["name"]: self.read(d) for d in spec["data"]}
        self.constant = {d["name"]: self.same(self.files[d["name"]]) for d in spec["data"] if d["axis"] is None}
        self.rows = [d for d in spec["data"] if d["axis"] is not None]
        self.held = {"params": {}, "carried": {}}
        self.whole = None
        self.compiled = {}

    def read(self, array):
        """Of a file, only what is looked at is read."""
        return self.np.load(os.path.join(self.folder, array["file"]), mmap_mode="r" if array["shape"] else None)

    def same(self, values):
        """An array that every device holds."""
        np = self.np
        return self.jax.make_array_from_callback(values.shape, self.everywhere, lambda at: np.asarray(values[at], values.dtype))

    def padded(self, length):
        return -(-length // self.devices) * self.devices

    def rows_of(self, values, axis, rows):
        """The rows of these numbers along an axis, each device's own; the last ones are there to make the parts alike."""
        np = self.np
        lead, count = rows.shape[:-1], rows.shape[-1]
        total = self.padded(count)
        shape = (*lead, *values.shape[:axis], total, *values.shape[axis + 1:])
        at = len(lead) + axis

        def part(index):
            start, stop, _ = index[at].indices(total)
            own = rows[..., start:min(stop, count)]
            taken = np.moveaxis(np.take(values, own.reshape(-1), axis=axis), axis, 0)
            taken = taken.reshape(*own.shape, *taken.shape[1:])
            taken = np.moveaxis(taken, len(lead), at)
            lack = [(0, stop - start - own.shape[-1] if k == at else 0) for k in range(taken.ndim)]
            return np.pad(taken, lack).astype(self.dtype, copy=False)

        return self.jax.make_array_from_callback(shape, self.spread(at), part)

    def all(self):
        """The examples, all of them."""
        if self.whole is None:
            self.whole = {
                d["name"]: self.rows_of(self.files[d["name"]], d["axis"], self.np.arange(d["shape"][d["axis"]]))
                for d in self.rows
            }
        return self.whole

    def cut(self, data, counts):
        """Without the rows that make the parts alike."""
        lax = self.jax.lax
        return {
            **data,
            **{d["name"]: lax.slice_in_dim(data[d["name"]], 0, counts[d["name"]], axis=d["axis"]) for d in self.rows},
        }

    def declared(self, fixed, params):
        shapes = {p["name"]: p["declared"] for p in self.spec["params"]}
        return {**fixed, **{name: value.reshape(shapes[name]) for name, value in params.items()}}

    def program(self, key, pick):
        """Steps until there were enough, or a cost is not finite: what was learned, and the costs before the steps."""
        jax = self.jax
        jnp = jax.numpy

        def advance(params, carried, fixed, data, settings, count):
            def goes_on(state):
                return (state[0] < count) & state[1]

            def step(state):
                k, _, params, carried, costs = state
                value, slopes = self.model.value_and_gradients(self.declared(fixed, params), pick(data, k))
                params, carried = self.update(params, slopes, carried, settings)
                value = value.reshape(())
                return k + 1, jnp.isfinite(value), params, carried, costs.at[k].set(value.astype(costs.dtype))

            costs = jnp.zeros(MOST, jnp.float64)
            done, _, params, carried, costs = jax.lax.while_loop(
                goes_on, step, (jnp.int32(0), jnp.bool_(True), params, carried, costs)
            )
            return params, carried, costs, done

        if key not in self.compiled:
            self.compiled[key] = jax.jit(advance, out_shardings=self.everywhere)
        return self.compiled[key]

    def advanced(self, program, data, count):
        """What there is after steps, and the costs before them."""
        np = self.np
        learned, carried, costs, done = program(
            self.held["params"], self.held["carried"], self.fixed, {**self.constant, **data}, self.settings,
            self.same(np.asarray(count, np.int32)),
        )
        held = {"params": learned, "carried": carried}
        # Several devices in one process wait for each other: no step begins before this one is done.
        self.jax.block_until_ready(held)
        return held, np.asarray(costs, np.float64)[: int(done)].tobytes()

    def steps_of_all(self, count):
        counts = {d["name"]: d["shape"][d["axis"]] for d in self.rows}
        return self.advanced(self.program("all", lambda data, k: self.cut(data, counts)), self.all(), count)

    def do_run(self, head, data):
        """Steps that take all examples."""
        self.held, costs = self.steps_of_all(head["steps"])
        return costs

    def do_batches(self, head, data):
        """Steps that take some of them, each its own: their numbers come with the command."""
        np, lax = self.np, self.jax.lax
        rows = np.frombuffer(data, "<u4").astype(np.int64).reshape(-1, head["size"])
        steps = len(rows)
        rows = np.concatenate([rows, np.repeat(rows[:1], head["room"] - steps, axis=0)])
        counts = {d["name"]: head["size"] for d in self.rows}
        names = [d["name"] for d in self.rows]

        def pick(data, k):
            return self.cut({n: lax.dynamic_index_in_dim(v, k, 0, False) if n in names else v for n, v in data.items()}, counts)

        program = self.program((head["room"], head["size"]), pick)
        taken = {d["name"]: self.rows_of(self.files[d["name"]], d["axis"], rows) for d in self.rows}
        self.held, costs = self.advanced(program, taken, steps)
        return costs

    def do_cost(self, head, data):
        """The cost of all examples."""
        if "all" in self.compiled:
            # A step tells the cost before it; that it would lead elsewhere does not matter.
            return self.steps_of_all(1)[1]
        if "cost" not in self.compiled:
            counts = {d["name"]: d["shape"][d["axis"]] for d in self.rows}

            def cost(params, fixed, data):
                return self.model.loss(self.declared(fixed, params), self.cut(data, counts)).reshape(())

            self.compiled["cost"] = self.jax.jit(cost, out_shardings=self.everywhere)
        value = self.compiled["cost"](self.held["params"], self.fixed, {**self.constant, **self.all()})
        return self.np.asarray(value, self.np.float64).tobytes()

    def do_rate(self, head, data):
        self.settings[head["name"]] = self.same(self.np.asarray(head["value"], self.dtype))
        return b""

    def do_put(self, head, data):
        """Numbers of what is learned and carried, one array after the other."""
        np, at = self.np, 0
        for group in ("params", "carried"):
            for array in self.spec[group]:
                count = int(np.prod(array["shape"], dtype=np.int64))
                values = np.frombuffer(data, self.dtype, count, at).reshape(array["shape"])
                self.held[group][array["name"]] = self.same(values.copy())
                at += values.nbytes
        return b""

    def do_get(self, head, data):
        arrays = [self.held[group][array["name"]] for group in ("params", "carried") for array in self.spec[group]]
        return b"".join(self.np.asarray(array.addressable_data(0)).astype(self.dtype).tobytes() for array in arrays)


class Source:
    """Where commands come from: standard input in the first process, the first process in the others."""

    def __init__(self, commands, many, np):
        self.commands, self.many, self.np = commands, many, np

    def send(self, head, data=b""):
        from jax.experimental import multihost_utils

        np = self.np
        line = json.dumps({**head, "bytes": len(data)}).encode().ljust(HEADER)
        multihost_utils.broadcast_one_to_all(np.frombuffer(line, np.uint8))
        if data:
            multihost_utils.broadcast_one_to_all(np.frombuffer(data, np.uint8))

    def next(self):
        if self.commands is None:
            return self.received()
        while True:
            try:
                head, data = self.commands.get(timeout=IDLE if self.many else None)
            except queue.Empty:
                self.send({"do": "wait"})
                continue
            if self.many:
                self.send(head, data)
            return head, data

    def received(self):
        from jax.experimental import multihost_utils

        np = self.np
        line = np.asarray(multihost_utils.broadcast_one_to_all(np.zeros(HEADER, np.uint8)))
        head = json.loads(line.tobytes())
        if not head["bytes"]:
            return head, b""
        data = np.asarray(multihost_utils.broadcast_one_to_all(np.zeros(head["bytes"], np.uint8)))
        return head, data.tobytes()


def main(folder, number):
    with open(os.path.join(folder, "run.json"), encoding="utf-8") as file:
        spec = json.load(file)
    spec["id"] = number
    commands = queue.Queue() if number == 0 else None
    threading.Thread(target=listen, args=(commands, folder), daemon=True).start()
    tell({"stage": "starting"})
    try:
        import jax
        import numpy as np
    except ImportError as error:
        fail("missing", error.name or str(error))
    many = spec["together"]
    try:
        if many:
            join(jax, spec)
        tell({"stage": "preparing"})
        if "seals" in spec:
            compare(np, spec["seals"])
        sys.path.insert(0, folder)
        import model
        import step

        run = Run(jax, np, model, step.update, spec, folder)
        source = Source(commands, many, np)
        tell({"ready": True, "devices": run.devices, "processes": jax.process_count()})
        while True:
            head, data = source.next()
            if head["do"] == "wait":
                continue
            if head["do"] == "end":
                if many:
                    jax.distributed.shutdown()
                os._exit(0)
            answer = getattr(run, "do_" + head["do"])(head, data)
            if commands is not None:
                tell({"done": head["do"]}, answer)
    except Exception as error:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        lines = str(error).strip().splitlines()
        fail("error", f"{type(error).__name__}: {lines[0] if lines else ''}")


main(sys.argv[1], int(sys.argv[2]))
`;
