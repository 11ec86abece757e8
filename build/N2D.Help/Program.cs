using N2D.Help;

// Run by build/Module.targets: writes the help of an assembly's cmdlets and the about topics into a folder. The project's address may be
// empty.
if (args is not [var assemblyPath, var docsFolder, var projectAddress, var outputFolder])
{
    Console.Error.WriteLine("Usage: N2D.Help ASSEMBLY DOCS PROJECT-ADDRESS OUTPUT");
    return 2;
}

try
{
    var cmdlets = CmdletAssembly.Read(assemblyPath);
    Directory.CreateDirectory(outputFolder);
    MamlFile.Write(
        Path.Combine(outputFolder, Path.GetFileName(assemblyPath) + "-Help.xml"),
        cmdlets.Select(cmdlet => (cmdlet, CmdletPage.Read(Path.Combine(docsFolder, "cmdlets", cmdlet.Name + ".md")))),
        projectAddress.Length > 0 ? projectAddress : null);
    foreach (var source in Directory.EnumerateFiles(docsFolder, "*.md"))
    {
        AboutTopic.Write(source, outputFolder, cmdlets);
    }

    return 0;
}
catch (HelpException error)
{
    // The format of MSBuild errors.
    Console.Error.WriteLine($"N2D.Help : error HELP001: {error.Message}");
    return 1;
}
