Import-Module (Join-Path $PSScriptRoot 'bin/N2D.PowerShell.dll')
