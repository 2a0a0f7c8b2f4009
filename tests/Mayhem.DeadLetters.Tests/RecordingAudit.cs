using Mayhem.DeadLetters.Operators;

namespace Mayhem.DeadLetters.Tests;

/// <summary>An audit in memory, which can be full.</summary>
public sealed class RecordingAudit : IOperatorAudit
{
    public List<OperatorRecord> Records { get; } = [];

    public bool IsFull { get; set; }

    public IEnumerable<OperatorRecord> Of(OperatorStep step) => Records.Where(record => record.Step == step);

    public ValueTask RecordAsync(IReadOnlyList<OperatorRecord> records, CancellationToken cancellationToken)
    {
        if (IsFull)
            throw new IOException("The disk is full.");
        lock (Records)
            Records.AddRange(records);
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<OperatorRecord> ListAsync(CancellationToken cancellationToken) => Records.ToAsyncEnumerable();
}
