#!/bin/bash
# Runs every cmdlet of the package on an emulated ARM64 processor and compares the hashes of the outputs with those of x64.
# Requires qemu and the C++ runtime of ARM64 (apt-get install qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross). It is no part
# of `dotnet test`. ./qemu.sh -Small uses fewer rows and epochs.
source "$(dirname "$0")/common.sh"
require qemu-aarch64-static qemu-user-static
require /usr/aarch64-linux-gnu/lib/libstdc++.so.6 "libc6-arm64-cross libstdc++6-arm64-cross"

prepare linux-arm64 "$@"
folder=$(new_folder linux-arm64)
qemu-aarch64-static -L /usr/aarch64-linux-gnu "$work/host-linux-arm64/N2D.Host" -NoProfile "$scenario" -Module "$work/N2D.PowerShell" \
    -OutputFolder "$folder" "$@" || echo "The scenario failed on linux-arm64." >&2
compare linux-arm64
