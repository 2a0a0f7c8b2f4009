using Mayhem.Guards;

namespace Mayhem.Ledger;

/// <summary>The kill switch.</summary>
public sealed partial class EmbeddedLedger
{
    /// <inheritdoc />
    public ValueTask<Halt?> FindHaltAsync(CancellationToken cancellationToken) => ValueTask.FromResult(halts.Read().Halt);

    /// <inheritdoc />
    public ValueTask HaltAsync(string reason, string by, CancellationToken cancellationToken)
    {
        halts.Add(new Switching(Halts: true, reason, by, time.GetUtcNow()), _ => true);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<bool> ResumeAsync(string by, CancellationToken cancellationToken) =>
        ValueTask.FromResult(halts.Add(new Switching(Halts: false, Reason: null, by, time.GetUtcNow()), before => before.Halt is not null));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Switching>> ListSwitchingsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(halts.Read().Switchings);
}
