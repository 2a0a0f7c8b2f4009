using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Reads typed values by key, from an override if there is one, else from the file. What cannot be read is noted under its name, and the default is used on.</summary>
internal sealed class HostJsonValues
{
    private const string Section = "AzureFunctionsJobHost";

    // Timers take no more than 2^31 milliseconds.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    private readonly Dictionary<string, string?> file;
    private readonly Dictionary<string, string> overrides = new(StringComparer.OrdinalIgnoreCase);

    public HostJsonValues(Dictionary<string, string?> file, IConfiguration configuration)
    {
        this.file = file;
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            // Environment variables arrive with ':' for '__'; a settings file may have kept the '__'.
            var name = key.Replace("__", ":", StringComparison.Ordinal);
            if (value is not null && name.StartsWith(Section + ":", StringComparison.OrdinalIgnoreCase))
                overrides[name[(Section.Length + 1)..]] = value;
        }
    }

    /// <summary>What is wrong, each finding naming its key.</summary>
    public List<string> Problems { get; } = [];

    public int Whole(string key, int fallback, int minimum)
    {
        if (Read(key, $"a whole number from {minimum}") is not { } text)
            return fallback;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum)
            return number;
        Reject(key, text, $"a whole number from {minimum}");
        return fallback;
    }

    public bool Flag(string key, bool fallback)
    {
        if (Read(key, "true or false") is not { } text)
            return fallback;
        if (bool.TryParse(text, out var flag))
            return flag;
        Reject(key, text, "true or false");
        return fallback;
    }

    public TimeSpan Span(string key, TimeSpan fallback, TimeSpan minimum, string? forever = null)
    {
        var wanted = $"a time span from {minimum:c} to {Longest:c}, written hh:mm:ss" + (forever is null ? "" : $", or \"{forever}\" for no limit");
        if (Read(key, wanted) is not { } text)
            return fallback;
        if (string.Equals(text, forever, StringComparison.Ordinal))
            return Timeout.InfiniteTimeSpan;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= minimum && span <= Longest)
            return span;
        Reject(key, text, wanted);
        return fallback;
    }

    public string? Text(string key) => Read(key, "a text");

    public LogLevel? Level(string key)
    {
        var wanted = $"a log level: {string.Join(", ", Enum.GetNames<LogLevel>())}";
        if (Read(key, wanted) is not { } text)
            return null;
        if (Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level))
            return level;
        Reject(key, text, wanted);
        return null;
    }

    /// <summary>The names directly under a key, in the file and in the overrides.</summary>
    public IEnumerable<string> Names(string key) =>
        file.Keys.Concat(overrides.Keys)
            .Where(path => path.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase))
            .Select(path => path[(key.Length + 1)..].Split(':')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>How a person finds the value of a key: its place in the file, or the setting that overrides it.</summary>
    public string Describe(string key) => overrides.ContainsKey(key)
        ? $"The setting {Section}__{key.Replace(":", "__", StringComparison.Ordinal)}"
        : $"host.json: {key.Replace(':', '.')}";

    private string? Read(string key, string wanted)
    {
        if (overrides.TryGetValue(key, out var set))
            return set;
        if (!file.TryGetValue(key, out var text))
            return null;
        if (text is null)
            Problems.Add($"{Describe(key)} is an object or a list, not {wanted}.");
        return text;
    }

    private void Reject(string key, string text, string wanted) => Problems.Add($"{Describe(key)} is \"{text}\", not {wanted}.");
}
