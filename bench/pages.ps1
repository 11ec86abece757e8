<#
.SYNOPSIS
Writes reports of about 2 thousand, 70 thousand and a million rows, whose times `N2D.Bench pages` measures.

.PARAMETER MnistPath
The folder of the four IDX files of MNIST.

.PARAMETER OutputPath
The folder to write to.
#>
param(
    [Parameter(Mandatory)] [string] $MnistPath,
    [Parameter(Mandatory)] [string] $OutputPath
)

$ErrorActionPreference = 'Stop'
$folder = (New-Item -ItemType Directory -Force $OutputPath).FullName

# A page of images, without the hours of an autoencoder.
Import-N2DDataset Digits | Invoke-N2DUmap | Invoke-N2DCluster 10 | Export-N2DReport "$folder/digits.html" -Force
Import-N2DDataset Mnist $MnistPath | Invoke-N2DPca -Dimension 50 | Invoke-N2DUmap -Dimension 2 | Invoke-N2DCluster 10 |
    Export-N2DReport "$folder/mnist.html" -Force

# A million rows of eight columns: random bytes, which do not compress.
$rows, $columns = 1000000, 8
$bytes = [byte[]]::new($rows * $columns)
[random]::new(0).NextBytes($bytes)
$header = "{'descr': '|u1', 'fortran_order': False, 'shape': ($rows, $columns), }".PadRight(117) + "`n"
$file = [IO.File]::Create("$folder/million.npy")
try {
    $file.Write([byte[]] (0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, $header.Length, 0))
    $file.Write([Text.Encoding]::ASCII.GetBytes($header))
    $file.Write($bytes)
}
finally {
    $file.Dispose()
}

Import-N2DDataset "$folder/million.npy" | Invoke-N2DCluster 10 -Method KMeans | Export-N2DReport "$folder/million.html" -Force
Get-ChildItem $folder -Filter *.html | Select-Object Name, Length
