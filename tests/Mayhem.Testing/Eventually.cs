using System.Diagnostics;

namespace Mayhem.Testing;

/// <summary>Waits in real time for something that other threads or processes bring about. Fails with a message, never hangs.</summary>
public static class Eventually
{
    /// <summary>Polls until the condition holds; throws a <see cref="TimeoutException"/> after the limit, 30 s by default.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string what, TimeSpan? limit = null)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > (limit ?? TimeSpan.FromSeconds(30)))
                throw new TimeoutException($"Not so after {clock.Elapsed.TotalSeconds:0.0} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }
}
