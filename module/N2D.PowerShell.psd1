# The build adds ModuleVersion, FileList, ReleaseNotes, the tags of the systems, and the addresses of the project: see build/Module.targets.
@{
    RootModule           = 'N2D.PowerShell.psm1'
    GUID                 = '4f0f7f0c-6f0b-4b55-9d55-2f6f5d3c8a10'
    Author               = 'The N2D for PowerShell authors'
    CompanyName          = 'The N2D for PowerShell authors'
    Copyright            = '(c) 2026 The N2D for PowerShell authors. MIT license.'
    Description          = 'Clusters unlabeled data with an autoencoder, UMAP and a Gaussian mixture (N2D, McConville et al., ICPR 2020).'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('N2D.PowerShell.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Add-N2DAssignment'
        'Compare-N2DMethod'
        'Compare-N2DResult'
        'ConvertFrom-N2DCode'
        'ConvertFrom-N2DEmbedding'
        'ConvertTo-N2DDataset'
        'Export-N2DModel'
        'Export-N2DPlot'
        'Export-N2DReport'
        'Export-N2DWeight'
        'Get-N2DAssignment'
        'Get-N2DClusterProfile'
        'Get-N2DDevice'
        'Get-N2DExemplar'
        'Get-N2DExplainedVariance'
        'Get-N2DModel'
        'Get-N2DStudy'
        'Get-N2DTrainingHistory'
        'Import-N2DDataset'
        'Import-N2DModel'
        'Install-N2DBackend'
        'Invoke-N2D'
        'Invoke-N2DCluster'
        'Invoke-N2DIsomap'
        'Invoke-N2DLocallyLinearEmbedding'
        'Invoke-N2DModel'
        'Invoke-N2DPca'
        'Invoke-N2DStudyTask'
        'Invoke-N2DTsne'
        'Invoke-N2DUmap'
        'Measure-N2DAssignment'
        'New-N2DAutoencoder'
        'Optimize-N2DCluster'
        'Receive-N2DStudy'
        'Rename-N2DCluster'
        'Show-N2DPlot'
        'Show-N2DReport'
        'Start-N2DStudy'
        'Stop-N2DStudy'
        'Uninstall-N2DBackend'
        'Update-N2DModel'
    )
    PrivateData          = @{
        PSData = @{
            Tags = @('clustering', 'deep-learning', 'umap', 'autoencoder', 'gaussian-mixture', 'PSEdition_Core')
        }
    }
}
