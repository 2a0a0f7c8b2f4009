using Mayhem.Testing;

namespace Mayhem.Functions.Tests.Infrastructure;

/// <summary>Texts of the repository.</summary>
internal static class Repository
{
    public static string Read(string file) => File.ReadAllText(RepositoryFiles.PathOf(file)).ReplaceLineEndings("\n");

    /// <summary>The files of one kind in a folder, without those in folders below it, by their path in the repository.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf(folder), pattern).Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);
}
