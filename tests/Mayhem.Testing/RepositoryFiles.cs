namespace Mayhem.Testing;

/// <summary>The files of the repository that the tests are built from.</summary>
public static class RepositoryFiles
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>The full path of a file or folder, by its path in the repository.</summary>
    public static string PathOf(string path) => Path.GetFullPath(Path.Combine(Root, path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mayhem.Functions.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run within the repository.");
        return folder.FullName;
    }
}
