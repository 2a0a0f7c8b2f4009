using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Mayhem.Dashboard.Server;

/// <summary>The page's own files, as they are embedded in this assembly.</summary>
internal static class Assets
{
    private const string PagesFolder = "pages/";
    private const string LayoutName = "layout.html";
    private const string OrderSlot = "{{order}}";

    private static readonly FrozenDictionary<string, byte[]> Files = Load();

    /// <summary>Tells one build's files from another's, so that browsers keep none of an older one.</summary>
    public static string Version { get; } = Convert.ToHexStringLower(SHA256.HashData([.. Files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value)]))[..12];

    /// <summary>The style sheets, scripts and pictures, by name, each with its type.</summary>
    public static IEnumerable<(string Name, string ContentType, byte[] Content)> Static => Files
        .Where(file => !file.Key.EndsWith(".html", StringComparison.Ordinal))
        .Select(file => (file.Key, ContentTypeOf(file.Key), file.Value));

    /// <summary>A page in its frame.</summary>
    /// <param name="name">The page's name.</param>
    /// <param name="title">Its title.</param>
    /// <param name="section">Which link of the navigation leads to it, or to what it belongs to.</param>
    /// <param name="slots">What else to put in: texts by name, which are encoded.</param>
    public static byte[] Page(string name, string title, string section, IReadOnlyDictionary<string, string> slots)
    {
        var text = Text(LayoutName)
            .Replace("{{main}}", Main(name), StringComparison.Ordinal)
            .Replace("{{title}}", title, StringComparison.Ordinal)
            .Replace("{{page}}", name, StringComparison.Ordinal)
            .Replace("{{version}}", Version, StringComparison.Ordinal)
            .Replace($"data-nav=\"{section}\"", $"data-nav=\"{section}\" aria-current=\"page\"", StringComparison.Ordinal);
        foreach (var (slot, value) in slots)
            text = text.Replace("{{" + slot + "}}", System.Net.WebUtility.HtmlEncode(value), StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Main(string name)
    {
        var main = Text($"{PagesFolder}{name}.html");
        return main.Contains(OrderSlot, StringComparison.Ordinal) ? main.Replace(OrderSlot, Text("parts/order.html"), StringComparison.Ordinal) : main;
    }

    private static string Text(string name) => Encoding.UTF8.GetString(Files[name]);

    private static FrozenDictionary<string, byte[]> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().ToFrozenDictionary(name => name.Replace('\\', '/'), name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }, StringComparer.Ordinal);
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"{name}: the dashboard has no type for files that end in '{other}'."),
    };
}
