using System.Runtime.CompilerServices;

namespace Mayhem.FrameCapture.Samples;

/// <summary>Iterators, with and without await.</summary>
public sealed class Iterators
{
    private readonly string owner = "ops";

    public IEnumerable<int> Count(int limit)
    {
        for (var number = 0; ; number++)
        {
            var square = number * number;
            if (number == limit)
                throw new InvalidOperationException($"{owner}{square}");
            yield return square;
        }
    }

    public async IAsyncEnumerable<int> CountAsync(int limit, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                var square = number * number;
                if (number == limit)
                    throw new InvalidOperationException($"{owner}{square}");
                yield return square;
            }
        }
        finally
        {
            await Task.Yield();
        }
    }

    public int Sum(int limit)
    {
        var sum = 0;
        foreach (var number in Count(limit))
            sum += number;
        return sum;
    }

    public async Task<int> SumAsync(int limit)
    {
        var sum = 0;
        await foreach (var number in CountAsync(limit))
            sum += number;
        return sum;
    }
}
