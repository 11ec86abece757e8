#!/usr/bin/env bash
# Takes all figures of docs/gpu.md on a machine with an NVIDIA GPU (by estimate in less than ten minutes; not yet timed):
#
#   bench/gpu.sh [FOLDER OF MNIST]
#
# Without the folder, training is not measured. Training requires a libtorch with CUDA (docs/gpu.md), the rest only the driver.
# EMULATE=1 runs the kernels on the processor at tiny sizes, to show that the script works.
set -euo pipefail
cd "$(dirname "$0")/.."
mnist=${1:-}
bench=bench/N2D.Bench/bin/Release/net10.0/N2D.Bench.dll
[ -n "${NO_BUILD:-}" ] || dotnet build -c Release bench/N2D.Bench -p:RunAnalyzers=false -v q

if [ -n "${EMULATE:-}" ]; then
    dotnet "$bench" search cuda 60x3,100x20 --neighbors 5 --emulate
    dotnet "$bench" layout cuda 300x3 --epochs 5 --added 20 --emulate
    dotnet "$bench" kmeans cuda 300x3x4 --starts 2 --emulate
    exit
fi

nvidia-smi --query-gpu=name,driver_version,memory.total,memory.free --format=csv || true

echo; echo "## Neighbors, and UMAP of rows in up to 10 dimensions"
dotnet "$bench" search cuda 10000x10,70000x10,70000x784,200000x784,300000x10,1000000x10

echo; echo "## The same on the processor"
dotnet "$bench" search cpu 10000x10,70000x10

echo; echo "## The layout of UMAP, and new rows, on both"
dotnet "$bench" layout cuda 10000x10,70000x10,1000000x10

echo; echo "## k-means, on both"
dotnet "$bench" kmeans cuda 70000x10x10,1000000x10x100,70000x784x10

if [ -n "$mnist" ]; then
    echo; echo "## Training"
    dotnet "$bench" device cuda Mnist "$mnist" --epochs 3 --together 5
fi
