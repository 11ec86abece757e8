#!/bin/bash
# Runs every cmdlet of the Windows package under Wine and compares the hashes of the outputs with those of Linux.
# Requires Wine (apt-get install wine64). It is no part of `dotnet test`. ./wine.sh -Small uses fewer rows and epochs.
source "$(dirname "$0")/common.sh"
require script bsdutils
wine=$(command -v wine64 || ls /usr/lib/wine/wine64 2> /dev/null) || require wine64 wine64

prepare win-x64 "$@"
folder=$(new_folder win-x64)
export WINEPREFIX=$work/wine WINEDEBUG=-all KMP_AFFINITY=disabled

# Wine 8 crashes in the finalizers of dynamic methods when .NET maps code twice.
export DOTNET_EnableWriteXorExecute=0

# PowerShell under Wine writes only to a terminal. Wine shows the file system as drive Z.
script --quiet --return --command "'$wine' '$work/host-win-x64/N2D.Host.exe' -NoProfile 'Z:$scenario' -Module 'Z:$work/N2D.PowerShell' \
    -OutputFolder 'Z:$folder' $*" /dev/null < /dev/null || echo "The scenario failed under Wine." >&2
compare win-x64
