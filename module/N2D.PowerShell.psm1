# The module's assemblies live in a load context of their own, apart from those of PowerShell and of other modules.
# Only Import-Module is used to load them: every PowerShell engine has it, even one without its standard modules.

if (-not ('N2D.PowerShell.Loader.ModuleLoadContext' -as [type])) {
    $null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/bin/N2D.PowerShell.Loader.dll")
}

# The cmdlets; then the library beneath, which has none, so that its types are known by name, such as [N2D.Pipeline.Dataset].
foreach ($name in 'N2D.PowerShell', 'N2D') {
    Import-Module -Assembly ([N2D.PowerShell.Loader.ModuleLoadContext]::LoadAssembly("$PSScriptRoot/bin", $name))
}
