namespace Mayhem.FrameCapture.Names;

/// <summary>What the C# compiler puts into the names it makes: <c>&lt;RunAsync&gt;g__Retry|5_0</c>, <c>&lt;RunAsync&gt;b__1</c>, <c>&lt;host&gt;5__2</c>.</summary>
internal static class CompilerNames
{
    private const string LocalFunction = ">g__";
    private const string Lambda = ">b__";

    public static bool IsMade(string name) => name.Contains('<', StringComparison.Ordinal);

    /// <summary>The source's name within a made name, <c>host</c> of <c>&lt;host&gt;5__2</c>; null if there is none in it.</summary>
    public static string? SourceName(string name)
    {
        if (!name.StartsWith('<'))
            return null;
        var start = name.LastIndexOf('<') + 1;
        var end = name.IndexOf('>', start);
        return end > start ? name[start..end] : null;
    }

    /// <summary>A method's name as a reader knows it: <c>RunAsync+Retry</c> of a local function, <c>RunAsync+lambda</c>, <c>Main</c> of top-level statements.</summary>
    public static string OfMethod(string name)
    {
        if (SourceName(name) is not { } source)
            return name;
        var owner = source == "Main$" ? "Main" : source.TrimStart('.');
        var function = name.LastIndexOf(LocalFunction, StringComparison.Ordinal);
        if (function >= 0)
        {
            var rest = name[(function + LocalFunction.Length)..];
            var bar = rest.IndexOf('|', StringComparison.Ordinal);
            return $"{owner}+{(bar < 0 ? rest : rest[..bar])}";
        }

        return name.Contains(Lambda, StringComparison.Ordinal) ? $"{owner}+lambda" : owner;
    }
}
