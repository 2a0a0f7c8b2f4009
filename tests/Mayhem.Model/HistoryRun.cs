using System.Globalization;
using Mayhem.Model.Histories;
using Mayhem.Model.Worlds;

namespace Mayhem.Model;

/// <summary>Runs histories and tells what went wrong.</summary>
internal static class HistoryRun
{
    /// <summary>Runs a history to its end.</summary>
    /// <returns>What was violated; null if all is well. The trace is of everything that happened.</returns>
    public static (string? Violation, IReadOnlyList<string> Trace) Run(History history)
    {
        // What is awaited goes on at once, on this thread: that of a test would send it elsewhere.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return RunHere(history);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static (string? Violation, IReadOnlyList<string> Trace) RunHere(History history)
    {
        using var world = new World(history.Variant, seed: 1);
        foreach (var step in history.Steps)
        {
            world.Do(step);
            if (world.Violations.All.Count > 0)
                return (world.Violations.All[0], world.Traced);
        }

        world.ComeToRest();
        return (world.Violations.All.Count > 0 ? world.Violations.All[0] : null, world.Traced);
    }

    /// <summary>Fails with the shortest history that goes wrong in some way, if this one does.</summary>
    public static void Holds(History history, string origin)
    {
        if (Run(history).Violation is null)
            return;
        var shrunk = Shrinking.Shrink(history, candidate => Run(candidate).Violation is not null);
        var (violation, trace) = Run(shrunk);
        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"""
            {violation}
            {origin}; keep it as a regression:
                {shrunk}
            What happened:
            {string.Join(Environment.NewLine, trace)}
            """));
    }
}
