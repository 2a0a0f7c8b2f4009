namespace Mayhem.Guards;

/// <summary>
/// The kill switch: while restarts are halted, no ledger gives the right to begin one, in any instance. What a target has accepted already is watched to its end.
/// </summary>
public interface IHaltSwitch
{
    /// <summary>The halt in force; null while restarts go ahead.</summary>
    ValueTask<Halt?> FindHaltAsync(CancellationToken cancellationToken);

    /// <summary>Halts all restarts from the next intent on, or gives a halt in force a new reason.</summary>
    ValueTask HaltAsync(string reason, string by, CancellationToken cancellationToken);

    /// <summary>Lets restarts go ahead again.</summary>
    /// <returns>False if they were not halted; then nothing is recorded.</returns>
    ValueTask<bool> ResumeAsync(string by, CancellationToken cancellationToken);

    /// <summary>What was switched, the latest last: at least the last 100 times.</summary>
    ValueTask<IReadOnlyList<Switching>> ListSwitchingsAsync(CancellationToken cancellationToken);
}

/// <summary>All restarts are halted.</summary>
/// <param name="Reason">The operator's reason.</param>
/// <param name="By">The operator.</param>
/// <param name="At">Since when.</param>
public sealed record Halt(string Reason, string By, DateTimeOffset At)
{
    /// <summary>The guard's no.</summary>
    public GuardRefusal Refusal => new(Guard.KillSwitch, "halt", $"All restarts were halted by {By} at {At:u}: {Reason}");
}

/// <summary>One use of the kill switch.</summary>
/// <param name="Halts">True if it halted restarts, false if it let them go ahead.</param>
/// <param name="Reason">Why; null when restarts went ahead again.</param>
/// <param name="By">The operator.</param>
/// <param name="At">When.</param>
public sealed record Switching(bool Halts, string? Reason, string By, DateTimeOffset At);
