using N2D.NativePortability;

// Run by build/Native.targets: copies a native library, and makes it portable if it is the supported version.
if (args is not [var source, var destination])
{
    Console.Error.WriteLine("Usage: N2D.NativePortability SOURCE DESTINATION");
    return 2;
}

var file = File.ReadAllBytes(source);
var leftAlone = CxxRuntimePortability.Apply(file);
Console.WriteLine(leftAlone is null
    ? $"{Path.GetFileName(source)}: now loads with the C++ runtime of GCC 11 and later."
    : $"{Path.GetFileName(source)} is left as it is: {leftAlone}.");

// Written to a temporary file and renamed, so that an interrupted build leaves no partial library.
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
var aside = $"{destination}.{Environment.ProcessId}.tmp";
File.WriteAllBytes(aside, file);
File.Move(aside, destination, overwrite: true);
return 0;
