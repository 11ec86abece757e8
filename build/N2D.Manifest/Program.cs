using N2D.Manifest;

// Run by build/Module.targets: completes the manifest in the sources by what only the build knows.
if (args is not [var sourcePath, var valuesPath, var changelogPath, var outputPath])
{
    Console.Error.WriteLine("Usage: N2D.Manifest SOURCE VALUES CHANGELOG OUTPUT");
    return 2;
}

try
{
    var values = ManifestValues.Read(valuesPath);
    var manifest = new ManifestText(sourcePath);
    manifest.AddToRoot("ModuleVersion", values.Version);
    manifest.AddToRoot("HelpInfoUri", values.HelpInfoUri);
    manifest.AddToRoot("FileList", values.Files);
    manifest.AddToTags(values.Systems);
    manifest.AddToGalleryData("Prerelease", values.Prerelease);
    manifest.AddToGalleryData("ProjectUri", values.ProjectUri);
    manifest.AddToGalleryData("LicenseUri", values.LicenseUri);
    manifest.AddToGalleryData("IconUri", values.IconUri);
    manifest.AddToGalleryData("ReleaseNotes", Changelog.SectionOf(changelogPath, values.Version));
    File.WriteAllText(outputPath, manifest.Complete());
    return 0;
}
catch (ManifestException error)
{
    // The format of MSBuild errors.
    Console.Error.WriteLine($"N2D.Manifest : error MANIFEST001: {error.Message}");
    return 1;
}
