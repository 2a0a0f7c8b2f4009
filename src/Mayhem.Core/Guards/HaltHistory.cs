namespace Mayhem.Guards;

/// <summary>How often the kill switch was used, and how it stands. Immutable.</summary>
internal sealed class HaltHistory(IReadOnlyList<Switching> switchings)
{
    private const int Most = 200;

    /// <summary>It was never used.</summary>
    public static readonly HaltHistory None = new([]);

    public IReadOnlyList<Switching> Switchings => switchings;

    /// <summary>The halt in force; null if there is none.</summary>
    public Halt? Halt { get; } = switchings is [.., { Halts: true } last] ? new Halt(last.Reason ?? "", last.By, last.At) : null;

    public HaltHistory With(Switching switching) => new([.. switchings.Skip(switchings.Count - Most + 1), switching]);
}

/// <summary>Where the kill switch of an embedded ledger is.</summary>
internal interface IHaltStore
{
    /// <summary>How it stands. Asked at every intent, so it must cost next to nothing. Thread-safe.</summary>
    /// <exception cref="IOException">That cannot be told.</exception>
    /// <exception cref="InvalidDataException">The same.</exception>
    HaltHistory Read();

    /// <summary>Adds a switching if the history so far allows it.</summary>
    /// <returns>False if it does not.</returns>
    bool Add(Switching switching, Func<HaltHistory, bool> when);
}

/// <summary>A kill switch that is gone with the process.</summary>
internal sealed class HaltInMemory : IHaltStore
{
    private readonly Lock gate = new();
    private volatile HaltHistory history = HaltHistory.None;

    public HaltHistory Read() => history;

    public bool Add(Switching switching, Func<HaltHistory, bool> when)
    {
        lock (gate)
        {
            if (!when(history))
                return false;
            history = history.With(switching);
            return true;
        }
    }
}
