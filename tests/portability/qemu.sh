#!/bin/bash
# Runs every cmdlet of the package on an emulated ARM64 processor and compares the hashes of the outputs with those of x64.
# Requires qemu, and the C++ runtime and OpenSSL of ARM64 (dpkg --add-architecture arm64; apt-get update; apt-get install qemu-user-static
# libstdc++6:arm64 libssl3:arm64). It is no part of `dotnet test`. ./qemu.sh -Small uses fewer rows and epochs.
source "$(dirname "$0")/common.sh"
require qemu-aarch64-static qemu-user-static
for library in libstdc++.so.6 libssl.so.3; do
    require /usr/lib/aarch64-linux-gnu/$library "libstdc++6:arm64 libssl3:arm64 (after dpkg --add-architecture arm64)"
done

prepare linux-arm64 "$@"
folder=$(new_folder linux-arm64)

# .NET maps code twice by default, which crashes qemu 7.
export DOTNET_EnableWriteXorExecute=0
qemu-aarch64-static "$work/host-linux-arm64/N2D.Host" -NoProfile "$scenario" -Module "$work/N2D.PowerShell" \
    -OutputFolder "$folder" "$@" || echo "The scenario failed on linux-arm64." >&2
compare linux-arm64
