# The module's assemblies are loaded into a separate load context, isolated from those of PowerShell and of other modules.
# Import-Module is the only cmdlet used, because every PowerShell engine has it, even one without the standard modules.

if (-not ('N2D.PowerShell.Loader.ModuleLoadContext' -as [type])) {
    $null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/N2D.PowerShell.Loader.dll")
}

# Import the cmdlets, then the library. The library has no cmdlets, but this makes its types available by name, such as [N2D.Pipeline.Dataset].
foreach ($name in 'N2D.PowerShell', 'N2D') {
    Import-Module -Assembly ([N2D.PowerShell.Loader.ModuleLoadContext]::LoadAssembly("$PSScriptRoot/bin", $name))
}
