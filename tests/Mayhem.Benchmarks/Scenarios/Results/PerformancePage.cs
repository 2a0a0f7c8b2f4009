namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>The page <c>performance.md</c> in a folder: each kind of measurement keeps a section of it, between two marks, and leaves the rest alone.</summary>
internal static class PerformancePage
{
    /// <summary>Puts figures into their section. A page or a section that is missing is made.</summary>
    public static async Task WriteAsync(DirectoryInfo folder, string section, string figures)
    {
        folder.Create();
        var path = Path.Combine(folder.FullName, "performance.md");
        var page = File.Exists(path) ? await File.ReadAllTextAsync(path) : "# Performance\n";
        await File.WriteAllTextAsync(path, With(page, section, figures) ?? $"{page.TrimEnd()}\n\n{Marked(section, figures)}\n");
    }

    /// <summary>Puts figures into their section of the README beside the folder too, if it has that section.</summary>
    public static async Task WriteReadmeAsync(DirectoryInfo folder, string section, string figures)
    {
        var path = Path.Combine(folder.FullName, "..", "README.md");
        if (File.Exists(path) && With(await File.ReadAllTextAsync(path), section, figures) is { } page)
            await File.WriteAllTextAsync(path, page);
    }

    private static string? With(string page, string section, string figures)
    {
        var from = page.IndexOf(Begin(section), StringComparison.Ordinal);
        var to = page.IndexOf(End(section), StringComparison.Ordinal);
        return from < 0 || to < from ? null : page[..from] + Marked(section, figures) + page[(to + End(section).Length)..];
    }

    private static string Marked(string section, string figures) => $"{Begin(section)}\n\n{figures.ReplaceLineEndings("\n").Trim()}\n\n{End(section)}";

    private static string Begin(string section) => $"<!-- {section}: measured -->";

    private static string End(string section) => $"<!-- {section}: end -->";
}
