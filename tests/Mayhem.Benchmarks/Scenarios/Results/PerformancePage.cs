namespace Mayhem.Benchmarks.Scenarios.Results;

/// <summary>The page <c>performance.md</c> in a folder: each kind of measurement keeps a section of it, between two marks, and leaves the rest alone.</summary>
internal static class PerformancePage
{
    private const string Name = "performance.md";

    /// <summary>Puts figures into their section. A page or a section that is missing is made.</summary>
    public static async Task WriteAsync(DirectoryInfo folder, string section, string figures)
    {
        folder.Create();
        var path = Path.Combine(folder.FullName, Name);
        var page = File.Exists(path) ? await File.ReadAllTextAsync(path) : "# Performance\n";
        await File.WriteAllTextAsync(path, With(page, section, figures));
    }

    private static string With(string page, string section, string figures)
    {
        var (begin, end) = ($"<!-- {section}: measured -->", $"<!-- {section}: end -->");
        var text = $"{begin}\n\n{figures.ReplaceLineEndings("\n").Trim()}\n\n{end}";
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        var to = page.IndexOf(end, StringComparison.Ordinal);
        return from < 0 || to < from ? $"{page.TrimEnd()}\n\n{text}\n" : page[..from] + text + page[(to + end.Length)..];
    }
}
