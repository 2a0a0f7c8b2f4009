using System.Globalization;
using Mayhem.Reporting.Document;

namespace Mayhem.Functions.Telemetry.ApplicationInsights;

/// <summary>The properties and measurements of an exception, within the limits of Application Insights.</summary>
internal sealed class TelemetryProperties
{
    private const int LongestName = 150;
    private const int LongestValue = 8192;

    /// <summary>The properties.</summary>
    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>The measurements.</summary>
    public Dictionary<string, double> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>The text, cut with an ellipsis if it is longer.</summary>
    public static string Cut(string text, int limit) => text.Length <= limit ? text : string.Concat(text.AsSpan(0, limit - 1), "…");

    /// <summary>Adds a property, and a measurement if it is a number.</summary>
    public void AddWithNumber(string name, string value)
    {
        Add(name, value);
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            Numbers[Cut(name, LongestName)] = number;
    }

    /// <summary>Adds the frames of our own code and whatever has values.</summary>
    public void AddFrames(IReadOnlyList<ReportedException> chain)
    {
        for (var index = 0; index < chain.Count; index++)
        {
            var prefix = index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"inner{index}.");
            AddValues($"{prefix}exception", chain[index].Properties);
            for (var level = 0; level < chain[index].Frames.Count; level++)
                AddFrame(string.Create(CultureInfo.InvariantCulture, $"{prefix}frame{level}"), chain[index].Frames[level]);
        }
    }

    /// <summary>Adds what identifies the report, the state of the process, the history and the log lines.</summary>
    public void AddContext(ReportDocument report)
    {
        Add("reportId", report.Id);
        Add("kind", report.Kind.ToString());
        Add("class", report.Class.ToString());
        Add("fingerprint", report.Fingerprint);
        Numbers["unreported"] = report.Unreported;
        AddLines("history", report.History.Select(entry => $"{entry.At:O} {entry.Class} {entry.Type} {entry.Fingerprint} on {entry.Instance}"));
        AddLines("log", report.Breadcrumbs.Select(line => $"{line.At.UtcDateTime:HH:mm:ss.fff} {line.Level} {line.Category}: {line.Text}"));
        if (report.Process is { } process)
            AddProcess(process);
    }

    private void AddFrame(string name, ReportedFrame frame)
    {
        if (!frame.InOurCode && frame.Arguments.Count + frame.Locals.Count == 0)
            return;
        Add(name, frame.File is null ? frame.Method : string.Create(CultureInfo.InvariantCulture, $"{frame.Method} in {frame.File}:{frame.Line}"));
        AddValues($"{name}.arguments", frame.Arguments);
        AddValues($"{name}.locals", frame.Locals);
    }

    private void AddValues(string name, IReadOnlyList<ReportedValue> values) => AddLines(name, values.Select(value => $"{value.Name} = {value.Value} ({value.Type})"));

    private void AddProcess(ReportedProcess process)
    {
        Add("version", process.Version);
        Add("instance", process.Instance);
        Add("platform", process.Platform);
        Numbers["uptimeSeconds"] = process.UptimeSeconds;
        Numbers["workingSetBytes"] = process.WorkingSetBytes;
        Numbers["heapBytes"] = process.HeapBytes;
        Numbers["memoryLimitBytes"] = process.MemoryLimitBytes;
        Numbers["gen2Collections"] = process.Gen2Collections;
        Numbers["poolThreads"] = process.PoolThreads;
        Numbers["poolQueue"] = process.PoolQueue;
        Numbers["inFlight"] = process.InFlight;
    }

    private void AddLines(string name, IEnumerable<string> lines)
    {
        if (string.Join('\n', lines) is { Length: > 0 } text)
            Add(name, text);
    }

    private void Add(string name, string value) => Texts[Cut(name, LongestName)] = Cut(value, LongestValue);
}
