"""The study's autoencoder trained by PyTorch, on the processor unless told, with rows a second and the peak memory:

    torch_peer.py ROWS.f32 N D C EPOCHS [DEVICE]

Rows are little-endian float32, row after row. The same network, initial distribution, optimiser and batches as N2D's.
"""
import resource
import sys
import time

import numpy as np
import torch

path, n, d, c, epochs = sys.argv[1], *map(int, sys.argv[2:6])
device = sys.argv[6] if len(sys.argv) > 6 else "cpu"
rows = torch.from_numpy(np.fromfile(path, dtype=np.float32).reshape(n, d)).to(device)
torch.manual_seed(0)
widths = [d, 500, 500, 2000, c, 2000, 500, 500, d]
layers = []
for layer, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
    linear = torch.nn.Linear(inputs, outputs)
    torch.nn.init.xavier_uniform_(linear.weight)
    torch.nn.init.zeros_(linear.bias)
    layers.append(linear)
    if layer not in (3, 7):
        layers.append(torch.nn.ReLU())
network = torch.nn.Sequential(*layers).to(device)
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, eps=1e-7)

start = time.perf_counter()
for epoch in range(epochs):
    order = torch.randperm(n).to(device)
    total = 0.0
    for first in range(0, n, 256):
        batch = rows[order[first : first + 256]]
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(network(batch), batch)
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(batch)
    mean = float(total) / n
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"rate={n * epochs / seconds:.1f} peak={peak:.0f} loss={mean:.6f} version={torch.__version__}")
