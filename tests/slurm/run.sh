#!/usr/bin/env bash
# Tests studies on a real Slurm: starts a cluster of two nodes on this computer, runs study.ps1, and removes the cluster. It takes less than
# three minutes. It needs root and, on Debian and Ubuntu:
#   apt-get install -y --no-install-recommends slurmctld slurmd slurm-client slurm-wlm-basic-plugins munge
# Usage: tests/slurm/run.sh, after dotnet build
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v slurmctld >/dev/null; then
    echo "Skipped: Slurm is not installed (slurmctld is not on the path)."
    exit 0
fi

work=$(mktemp -d)
# The daemons run as other users.
chmod 755 "$work"
trap '"$here/cluster-down.sh" "$work/cluster" || true; rm -rf "$work"' EXIT
"$here/cluster-up.sh" "$work/cluster"
export SLURM_CONF="$work/cluster/slurm.conf"
host=${N2D_HOST:-$here/../../src/N2D.Host/bin/Debug/net10.0/N2D.Host.dll}
cd "$work"
dotnet "$host" "$here/study.ps1" "$work/cluster" "$here"
