using Mayhem.Model.Histories;
using Mayhem.Recovery;

namespace Mayhem.Model.Checks;

/// <summary>How a delivery may end.</summary>
/// <param name="End">Its settlement; null for none.</param>
/// <param name="WithCopy">True if a copy is scheduled before.</param>
/// <param name="Reason">The reason of a dead letter.</param>
/// <param name="Budget">The attempts used up that go on with the message.</param>
/// <param name="OnPurpose">Of an abandonment: true if it counts as such, false if as the death of the process.</param>
internal sealed record Expectation(Call? End, bool WithCopy, string? Reason, AttemptBudget Budget, bool OnPurpose = true)
{
    public static Expectation Nothing(AttemptBudget budget) => new(null, WithCopy: false, null, budget);

    public static Expectation Complete(AttemptBudget budget) => new(Call.Complete, WithCopy: false, null, budget);

    public static Expectation Copy(AttemptBudget budget) => new(Call.Complete, WithCopy: true, null, budget);

    public static Expectation Abandon(AttemptBudget budget, bool onPurpose = true) => new(Call.Abandon, WithCopy: false, null, budget, onPurpose);

    public static Expectation DeadLetter(string reason, AttemptBudget budget) => new(Call.DeadLetter, WithCopy: false, reason, budget);

    /// <inheritdoc />
    public override string ToString() => $"{(End is null ? "Nothing" : WithCopy ? "Copy" : End.ToString())}{(Reason is null ? "" : $" as {Reason}")}{(OnPurpose ? "" : " as a death")} [{Budget}]";
}
