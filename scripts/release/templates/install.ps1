<#
.SYNOPSIS
Installs otel-kit for the current user, on Windows. Needs no administrator.
.DESCRIPTION
Installs otel-kit into Prefix, and adds that folder to the user's PATH. Beside the files of a release, it
installs these; otherwise it downloads them.
.PARAMETER Version
Install this version.
.PARAMETER From
Take the files of the release from this address or folder.
.PARAMETER Prefix
Where to install.
.PARAMETER Uninstall
Remove what this script installed.
#>
[CmdletBinding()]
param(
    [string] $Version = '{{version}}',
    [string] $From = '',
    [string] $Prefix = (Join-Path $env:LOCALAPPDATA 'Programs\otel-kit'),
    [switch] $Uninstall
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
# The progress bar of Windows PowerShell slows downloads down.
$ProgressPreference = 'SilentlyContinue'

$Version = $Version.TrimStart('v')
$Receipt = Join-Path $Prefix 'install.json'

function Get-UserPath {
    @([Environment]::GetEnvironmentVariable('Path', 'User') -split ';' | Where-Object { $_ })
}

function Set-UserPath([string[]] $Folders) {
    [Environment]::SetEnvironmentVariable('Path', ($Folders -join ';'), 'User')
}

function Remove-Kit {
    if (-not (Test-Path $Receipt)) {
        throw "Nothing to remove: $Prefix was not installed by this script"
    }
    Remove-Item -Recurse -Force $Prefix
    Write-Output "Removed $Prefix"
    $folders = Get-UserPath
    if ($folders -contains $Prefix) {
        Set-UserPath @($folders | Where-Object { $_ -ne $Prefix })
        Write-Output "Removed $Prefix from your PATH"
    }
    Write-Output 'Kept: telemetry that you saved with --db, and your progress in the workshop'
}

function Copy-ReleaseFile([string] $Name, [string] $Folder) {
    $target = Join-Path $Folder $Name
    if ($From -match '^https?://') {
        Invoke-WebRequest -UseBasicParsing -Uri "$From/$Name" -OutFile $target
    } else {
        Copy-Item (Join-Path $From $Name) $target
    }
    $target
}

function Assert-Checksum([string] $File, [string] $Sums) {
    $name = Split-Path -Leaf $File
    $line = Get-Content $Sums | Where-Object { ($_ -split '\s+')[1] -eq $name }
    if (-not $line) { throw "SHA256SUMS does not name $name; nothing was changed" }
    $expected = ($line -split '\s+')[0]
    $actual = (Get-FileHash -Algorithm SHA256 $File).Hash.ToLowerInvariant()
    if ($actual -ne $expected) {
        throw "Wrong checksum of ${name}: expected $expected, got $actual; nothing was changed"
    }
}

function Install-Kit {
    if ((Test-Path $Prefix) -and -not (Test-Path $Receipt)) {
        throw "Cannot replace ${Prefix}: it was not installed by this script"
    }
    $folder = "otel-kit-$Version-win32-x64"
    $archive = "$folder.zip"
    if (-not $From) {
        $From = '{{repository}}/releases/download/v' + $Version
        if ($PSScriptRoot -and (Test-Path (Join-Path $PSScriptRoot $archive))) { $From = $PSScriptRoot }
    }
    $script:From = $From.TrimEnd('/')
    $work = Join-Path ([IO.Path]::GetTempPath()) "otel-kit-$([Guid]::NewGuid())"
    New-Item -ItemType Directory $work | Out-Null
    try {
        Write-Output "Getting $From/$archive"
        $sums = Copy-ReleaseFile 'SHA256SUMS' $work
        $file = Copy-ReleaseFile $archive $work
        Assert-Checksum $file $sums
        Expand-Archive $file $work
        $new = Join-Path $work $folder
        $answer = & (Join-Path $new 'otel-kit.exe') --version
        if ($answer -ne "otel-kit $Version") {
            throw "Expected otel-kit $Version, but the archive contains ${answer}; nothing was changed"
        }
        @{ installedBy = 'install.ps1'; version = $Version; prefix = $Prefix } |
            ConvertTo-Json | Set-Content -Encoding ascii (Join-Path $new 'install.json')
        $old = "$Prefix.old"
        if (Test-Path $old) { Remove-Item -Recurse -Force $old }
        # A running program can be renamed, but not removed.
        if (Test-Path $Prefix) { Move-Item $Prefix $old }
        try {
            # It may be on another drive than the temporary folder.
            Copy-Item -Recurse $new $Prefix
        } catch {
            if (Test-Path $Prefix) { Remove-Item -Recurse -Force $Prefix }
            if (Test-Path $old) { Move-Item $old $Prefix }
            throw
        }
        if (Test-Path $old) { Remove-Item -Recurse -Force $old -ErrorAction SilentlyContinue }
    } finally {
        Remove-Item -Recurse -Force $work
    }
    Write-Output "Installed otel-kit $Version into $Prefix"
    $folders = Get-UserPath
    if ($folders -notcontains $Prefix) {
        Set-UserPath @($folders + $Prefix)
        $env:Path = "$env:Path;$Prefix"
        Write-Output "Added $Prefix to your PATH"
    }
    Write-Output 'Try it: otel-kit demo'
    Write-Output 'To remove it, run this script with -Uninstall'
}

if ($Uninstall) { Remove-Kit } else { Install-Kit }
