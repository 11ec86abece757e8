# Functions of wine.sh and qemu.sh, whose arguments go to scenario.ps1. $work has the module, a host for each system, and the outputs of each run.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$repository/out/portability
scenario=$repository/tests/portability/scenario.ps1
export POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off NO_COLOR=1

# Fails if a program or file is missing, with the package that contains it.
require() {
    command -v "$1" > /dev/null || [ -e "$1" ] || { echo "$1 is missing. Debian: apt-get update; apt-get install $2" >&2; exit 2; }
}

step() {
    echo "== $(date +%H:%M:%S) $*"
}

# The package for all systems, without libtorch.
build_module() {
    dotnet build "$repository/src/N2D.PowerShell" --configuration Release -p:TorchBackend=none -p:ModuleRuntimeIdentifier=any \
        -p:ModuleSymbols=false -p:ModuleFolder="$work/N2D.PowerShell/" --verbosity quiet
}

# PowerShell with a .NET runtime, for a runtime identifier. The module is not built again for it.
build_host() {
    dotnet publish "$repository/src/N2D.Host" --configuration Release --runtime "$1" --self-contained -p:BuildProjectReferences=false \
        --output "$work/host-$1" --verbosity quiet

    # With a runtime identifier, PowerShell searches its own modules here, but its package has them only where other programs search.
    local system=unix
    case $1 in win-*) system=win ;; esac
    cp -R "$work/host-$1"/runtimes/$system/lib/*/Modules "$work/host-$1/"
}

# Creates the empty folder of a run and prints it.
new_folder() {
    rm -rf "$work/$1"
    mkdir -p "$work/$1"
    echo "$work/$1"
}

run_here() {
    local folder
    folder=$(new_folder linux-x64)
    "$work/host-linux-x64/N2D.Host" -NoProfile "$scenario" -Module "$work/N2D.PowerShell" -OutputFolder "$folder" "$@"
}

# Prints the names of the outputs in a file of hashes.
names() {
    sed 's/ [0-9A-F]*$//' "$1" | sort
}

# Compares the hashes of a run with those of this system. What a run that did not finish has written is compared, too.
compare() {
    local here=$work/linux-x64/hashes.txt there=$work/$1/hashes.txt
    touch "$there"
    local equal differing missing
    equal=$(grep --count --line-regexp --fixed-strings --file="$here" "$there" || true)
    differing=$(grep --invert-match --line-regexp --fixed-strings --file="$here" "$there" | sed 's/ [0-9A-F]*$//' || true)
    missing=$(comm -23 <(names "$here") <(names "$there"))
    echo "$1: $equal of $(wc -l < "$here") outputs are equal to those of linux-x64."
    [ -z "$differing" ] || echo "Different: $(echo "$differing" | paste --serial --delimiters=,)" >&2
    [ -z "$missing" ] || echo "Missing: $(echo "$missing" | paste --serial --delimiters=,)" >&2
    [ -z "$differing$missing" ] || exit 1
    [ -f "$work/$1/complete" ] || { echo "The scenario did not finish on $1." >&2; exit 1; }
}

# Builds the module and its hosts for this system and another one, and runs the scenario here.
prepare() {
    local system=$1
    shift
    step "Building the module and its hosts"
    build_module
    build_host linux-x64
    build_host "$system"
    step "Running the scenario on linux-x64"
    run_here "$@"
    step "Running the scenario on $system"
}
