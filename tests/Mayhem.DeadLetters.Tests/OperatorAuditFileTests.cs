using Mayhem.DeadLetters.Operators;
using Mayhem.Testing;

namespace Mayhem.DeadLetters.Tests;

public sealed class OperatorAuditFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Record_ByTwoWritersAtOnce_KeepsEveryLineWhole()
    {
        await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Run(async () =>
        {
            var audit = Audit();
            for (var line = 0; line < 20; line++)
                await audit.RecordAsync([Line($"{writer}-{line}")], CancellationToken.None);
        })));

        var records = await Audit().ListAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(40, records.Select(record => record.MessageId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Record_AfterATornLine_BeginsANewOne()
    {
        await Audit().RecordAsync([Line("a")], CancellationToken.None);
        await File.AppendAllTextAsync(folder["audit/operators.jsonl"], """{"at":"2026-11-2""");

        await Audit().RecordAsync([Line("b") with { Body = [0, 255] }], CancellationToken.None);

        var records = await Audit().ListAsync(CancellationToken.None).ToListAsync();
        Assert.Equal(["a", "b"], records.Select(record => record.MessageId));
        Assert.Equal([0, 255], records[1].Body);
    }

    public void Dispose() => folder.Dispose();

    private OperatorAuditFile Audit() => new(folder["audit/operators.jsonl"], TimeProvider.System);

    private static OperatorRecord Line(string id) => new()
    {
        At = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), Run = "r", Action = OperatorAction.Replay, Step = OperatorStep.Message, By = "me", Reason = "why", Queue = "q", MessageId = id,
    };
}
