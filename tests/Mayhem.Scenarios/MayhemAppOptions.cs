using Mayhem.Local.Broker;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Scenarios;

/// <summary>What a scenario changes of the application.</summary>
public sealed record MayhemAppOptions
{
    /// <summary>The queue of the requests.</summary>
    public QueueOptions Queue { get; init; } = new();

    /// <summary>The text of host.json; the repository's own by default.</summary>
    public string? HostJson { get; init; }

    /// <summary>Settings by key, such as <c>Mayhem:Retry:InPlaceLimit</c>; they win over the fixture's.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>True to run in real time. Time moves by hand otherwise, and in <see cref="MayhemApp.UntilAsync"/>.</summary>
    public bool RealClock { get; init; }

    /// <summary>The class of the function that is run; null (the default) for Mayhem's own, which the queue's sessions decide on.</summary>
    public Type? Function { get; init; }

    /// <summary>True to keep the ledger in a folder, so that a worker that is killed leaves behind what a dead process leaves behind.</summary>
    public bool LedgerOnDisk { get; init; }

    /// <summary>Registers what is to be used instead of the fixture's and Mayhem's own services, or more middleware.</summary>
    public Action<IFunctionsWorkerApplicationBuilder>? Compose { get; init; }

    /// <summary>The usual application with these settings.</summary>
    public static MayhemAppOptions With(params (string Key, string Value)[] settings) =>
        new() { Settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal) };
}
