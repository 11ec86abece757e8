namespace N2D.Host.Tests;

/// <summary>The module as a package: published to a repository, and installed from it as a user does.</summary>
public sealed class PublishTests : IDisposable
{
    private static readonly string Build = Path.Combine(HostProcess.RepositoryRoot, "build.ps1");

    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [PowerShellFact]
    public void APublishedModule_InstallsIntoACleanSession_AndRunsThePipeline()
    {
        Directory.CreateDirectory(_host.FileOf("packages"));
        var module = _host.CopyModuleWithoutLibtorch();
        var manifest = Path.Combine(module, "N2D.PowerShell.psd1");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("PSData = @{", "PSData = @{ Prerelease = 'preview1'", StringComparison.Ordinal));

        var published = RunPowerShell($$"""
            $ErrorActionPreference = 'Stop'
            Register-PSResourceRepository Local -Uri "$PSScriptRoot/packages" -Trusted
            & '{{Build}}' -Task Publish -Repository Local -ModulePath '{{module}}'
            """);
        Assert.True(published.ExitCode == 0, published.Said);
        Assert.Matches(@"Published N2D\.PowerShell \d+\.\d+\.\d+-preview1 to Local\.", published.Output);
        Directory.Delete(module, recursive: true);

        var used = RunPowerShell("""
            $ErrorActionPreference = 'Stop'
            $WarningPreference = 'SilentlyContinue'
            Install-PSResource N2D.PowerShell -Repository Local -Prerelease
            $result = Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 30 | Invoke-N2DUmap -Epoch 20 | Invoke-N2DCluster -ClusterCount 10
            $result.RowCount
            $installed = Get-InstalledPSResource N2D.PowerShell
            "$($installed.Version) $($installed.Prerelease)"
            (Get-Module N2D.PowerShell).ModuleBase
            (Get-Help Invoke-N2DUmap).Synopsis
            """);
        Assert.True(used.ExitCode == 0, used.Said);
        Assert.Equal(["1797", $"{Version(published)} preview1"], used.Lines[..2]);
        Assert.StartsWith(_host.FileOf("home"), used.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith("Finds the manifold", used.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Publishing_WithoutARepository_OrWithoutPSResourceGet_FailsBeforeTheBuild()
    {
        var result = _host.RunScript($$"""
            try { & '{{Build}}' -Task Publish } catch { $_.Exception.Message }
            try { & '{{Build}}' -Task Publish -Repository Local } catch { $_.Exception.Message }
            try { & '{{Build}}' -Task Package -Repository Local } catch { $_.Exception.Message }
            """);

        Assert.StartsWith("-Task Publish requires -Repository", result.Lines[0], StringComparison.Ordinal);
        Assert.Equal(
            "-Task Publish requires the module Microsoft.PowerShell.PSResourceGet. Run it in pwsh: dotnet tool install --global PowerShell",
            result.Lines[1]);
        Assert.Equal("-Repository, -ApiKey and -ModulePath require -Task Publish, but the task is Package.", result.Lines[2]);
        Assert.Equal(3, result.Lines.Length);
    }

    [UnixFact]
    public void ACertificate_RequiresWindows()
    {
        var result = _host.RunScript($$"""
            $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
                'CN=Test', [System.Security.Cryptography.RSA]::Create(2048), 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
            $certificate = $request.CreateSelfSigned([datetime]::UtcNow, [datetime]::UtcNow.AddDays(1))
            try { & '{{Build}}' -Task Package -Certificate $certificate } catch { $_.Exception.Message }
            """);

        Assert.StartsWith("-Certificate requires Windows", Assert.Single(result.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void AProjectsAddress_AndAPrerelease_AreInTheManifest()
    {
        var manifest = Manifest("""
            Version=0.1.0
            Prerelease=preview1
            ProjectUri=https://example.org/n2d
            LicenseUri=https://example.org/n2d/blob/HEAD/LICENSE
            IconUri=https://example.org/n2d/raw/HEAD/docs/icon.png
            HelpInfoUri=https://example.org/help/
            System=Linux
            Folder=/module
            File=/module/x'y.txt
            File=/module/bin/N2D.dll
            """);

        Assert.Equal(
            [
                "0.1.0 https://example.org/help/",
                "bin/N2D.dll x'y.txt",
                "preview1 https://example.org/n2d https://example.org/n2d/blob/HEAD/LICENSE https://example.org/n2d/raw/HEAD/docs/icon.png",
                "umap PSEdition_Core Linux",
                "- What's new.",
            ],
            manifest);
    }

    [Fact]
    public void WithoutAnAddress_TheManifestHasNone() =>
        Assert.Equal(
            ["0.1.0 ", "a.txt", "  https://opensource.org/license/mit ", "umap PSEdition_Core", "- What's new."],
            Manifest("""
                Version=0.1.0
                Prerelease=
                ProjectUri=
                LicenseUri=https://opensource.org/license/mit
                Folder=/module
                File=/module/a.txt
                """));

    [Fact]
    public void AVersionThatTheChangelogLacks_IsAnError()
    {
        var result = MakeManifest("Version=0.2.0\nFolder=/module\n");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("CHANGELOG.md says nothing about version 0.2.0.", result.Error, StringComparison.Ordinal);
    }

    /// <summary>What PowerShell reads from a manifest that the build completed.</summary>
    private string[] Manifest(string values)
    {
        var made = MakeManifest(values);
        Assert.True(made.ExitCode == 0, made.Error);
        return _host.RunScript("""
            $manifest = Import-PowerShellDataFile "$PSScriptRoot/made.psd1"
            $gallery = $manifest.PrivateData.PSData
            "$($manifest.ModuleVersion) $($manifest.HelpInfoUri)"
            "$($manifest.FileList)"
            "$($gallery.Prerelease) $($gallery.ProjectUri) $($gallery.LicenseUri) $($gallery.IconUri)"
            "$($gallery.Tags)"
            $gallery.ReleaseNotes
            """).Lines;
    }

    private HostProcess.Result MakeManifest(string values)
    {
        var source = _host.Write("source.psd1", """
            @{
                RootModule  = 'x.psm1'
                PrivateData = @{
                    PSData = @{
                        Tags = @('umap', 'PSEdition_Core')
                    }
                }
            }
            """);
        var changelog = _host.Write("CHANGELOG.md", "# Changelog\n\n## 0.1.0 (not released)\n\n- What's new.\n\n## 0.1\n\n- Before.\n");
        return HostProcess.Collect(_host.StartAssembly(
            HostProcess.Metadata("ManifestTool"), source, _host.Write("values.txt", values), changelog, _host.FileOf("made.psd1")));
    }

    /// <summary>Runs a script in the complete PowerShell, as a user who has installed nothing.</summary>
    private HostProcess.Result RunPowerShell(string script)
    {
        _host.Variables["HOME"] = Directory.CreateDirectory(_host.FileOf("home")).FullName;
        _host.Variables["XDG_DATA_HOME"] = "";
        _host.Variables["PSModulePath"] = "";
        _host.Variables["N2D_LIBTORCH"] = "";
        _host.Variables["NO_COLOR"] = "1";
        return HostProcess.Collect(_host.StartAssembly(
            Path.Combine(PowerShellFactAttribute.Folder, "pwsh.dll"), "-NoProfile", "-NonInteractive", _host.Write("script.ps1", script)));
    }

    private static string Version(HostProcess.Result published) =>
        published.Output.Split("Published N2D.PowerShell ")[1].Split('-')[0];
}
