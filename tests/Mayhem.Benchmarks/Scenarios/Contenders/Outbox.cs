namespace Mayhem.Benchmarks.Scenarios.Contenders;

/// <summary>What is to be sent, by number. What was sent is let go of: a message in flight is held by whoever carries it.</summary>
internal sealed class Outbox<T>(IEnumerable<T> messages)
{
    private readonly T?[] messages = [.. messages];

    public T Take(int number)
    {
        var message = messages[number]!;
        messages[number] = default;
        return message;
    }
}
