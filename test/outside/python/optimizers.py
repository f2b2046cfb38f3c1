"""What PyTorch's optimizers do in 100 steps on a small cost: test/descend/pytorch.json.

    pip install torch && python test/outside/python/optimizers.py > test/descend/pytorch.json
"""

import json

import torch

torch.set_default_dtype(torch.float64)
X = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7], [-0.2, 0.8, 0.1], [1.1, -0.4, 0.6], [-1.3, 0.9, 0.4]])
Y = torch.tensor([0.7, -0.2, 0.4, 1.1, -0.9])
START = [0.1, -0.2, 0.3]
KEPT = (1, 2, 10, 100)

optim = torch.optim
schedule = optim.lr_scheduler

# The name, gradus' options, PyTorch's optimizer, a schedule, and the longest gradient.
CASES = [
    ("gd", {"lr": 0.1}, lambda p: optim.SGD(p, lr=0.1), None, None),
    ("gd, weights decay", {"lr": 0.1, "weightDecay": 0.05}, lambda p: optim.SGD(p, lr=0.1, weight_decay=0.05), None, None),
    ("gd, clipped", {"lr": 0.1, "clip": 0.2}, lambda p: optim.SGD(p, lr=0.1), None, 0.2),
    ("momentum", {"optimizer": "momentum", "lr": 0.05}, lambda p: optim.SGD(p, lr=0.05, momentum=0.9), None, None),
    ("nesterov", {"optimizer": "nesterov", "lr": 0.05}, lambda p: optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True), None, None),
    ("adagrad", {"optimizer": "adagrad"}, lambda p: optim.Adagrad(p), None, None),
    ("rmsprop", {"optimizer": "rmsprop"}, lambda p: optim.RMSprop(p), None, None),
    ("adam", {"optimizer": "adam"}, lambda p: optim.Adam(p), None, None),
    (
        "adam, weights decay",
        {"optimizer": "adam", "lr": 0.01, "weightDecay": 0.1, "beta1": 0.8},
        lambda p: optim.Adam(p, lr=0.01, weight_decay=0.1, betas=(0.8, 0.999)),
        None,
        None,
    ),
    ("adamw", {"optimizer": "adamw", "lr": 0.01}, lambda p: optim.AdamW(p, lr=0.01), None, None),
    (
        "adamw, clipped",
        {"optimizer": "adamw", "lr": 0.01, "weightDecay": 0.2, "clip": 0.3},
        lambda p: optim.AdamW(p, lr=0.01, weight_decay=0.2),
        None,
        0.3,
    ),
    (
        "steps",
        {"lr": 0.2, "schedule": "step", "every": 20, "gamma": 0.5},
        lambda p: optim.SGD(p, lr=0.2),
        lambda o: schedule.StepLR(o, 20, 0.5),
        None,
    ),
    (
        "exponential",
        {"lr": 0.2, "schedule": "exponential", "gamma": 0.97},
        lambda p: optim.SGD(p, lr=0.2),
        lambda o: schedule.ExponentialLR(o, 0.97),
        None,
    ),
    (
        "cosine",
        {"lr": 0.2, "schedule": "cosine", "epochs": 100},
        lambda p: optim.SGD(p, lr=0.2),
        lambda o: schedule.CosineAnnealingLR(o, 100),
        None,
    ),
]


def run(optimizer_of, schedule_of, clip):
    w = torch.tensor(START, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    optimizer = optimizer_of([w, b])
    scheduler = schedule_of(optimizer) if schedule_of else None
    kept = {}
    for step in range(1, max(KEPT) + 1):
        optimizer.zero_grad()
        cost = ((torch.tanh(X @ w) + b - Y) ** 2).mean()
        cost.backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_([w, b], clip)
        optimizer.step()
        if scheduler:
            scheduler.step()
        if step in KEPT:
            kept[step] = {"w": w.tolist(), "b": b.item()}
    return kept


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "X": X.tolist(),
            "Y": Y.tolist(),
            "start": START,
            "cases": [
                {"name": name, "options": options, "after": run(optimizer, scheduled, clip)}
                for name, options, optimizer, scheduled, clip in CASES
            ],
        },
        indent=1,
    )
)
