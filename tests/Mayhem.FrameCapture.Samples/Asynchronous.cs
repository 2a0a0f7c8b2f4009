using System.Runtime.ExceptionServices;

namespace Mayhem.FrameCapture.Samples;

/// <summary>Async methods of every kind.</summary>
public sealed class Asynchronous
{
    private readonly string owner = "ops";

    public async ValueTask<int> Immediate(int count)
    {
        var length = owner.Length;
        var sum = await new ValueTask<int>(count + length);
        return sum + 1;
    }

    public static async Task<List<T>> Twice<T>(T first, T second)
    {
        var seen = new List<T> { first };
        await Task.Yield();
        seen.Add(second);
        var last = second;
        await Task.Yield();
        seen.Add(last);
        return seen;
    }

    public async Task<int> Outer(string host)
    {
        var attempt = 3;
        var lost = host.Length;
        await Task.Yield();
        return await Middle(host + attempt) + lost;
    }

    public async ValueTask<int> Middle(string host)
    {
        var parts = host.Split('-');
        await Task.Yield();
        await Inner(parts[0], parts.Length);
        return parts.Length;
    }

    public async Task Inner(string name, int count)
    {
        await Task.Yield();
        var total = count * 2;
        throw new InvalidOperationException($"{owner}{name}{total}");
    }

    public async Task RethrownAcrossAwait(string host)
    {
        var tries = 0;
        try
        {
            tries++;
            await Inner(host, tries);
        }
        catch (InvalidOperationException)
        {
            await Task.Yield();
            tries++;
            throw;
        }
    }

    public static async Task ThrownFromCapture(string host)
    {
        ExceptionDispatchInfo? captured = null;
        try
        {
            await new Asynchronous().Inner(host, 1);
        }
        catch (InvalidOperationException error)
        {
            captured = ExceptionDispatchInfo.Capture(error);
        }

        await Task.Yield();
        captured?.Throw();
    }

    public async Task AllOf(string host)
    {
        var first = Inner(host, 1);
        var second = Inner(host, 2);
        await Task.WhenAll(first, second);
    }

    public async Task Wrapped(string host)
    {
        try
        {
            await Inner(host, 1);
        }
        catch (InvalidOperationException inner)
        {
            var context = $"restart of {host}";
            throw new TimeoutException(context, inner);
        }
    }

    public async void FireAndForget(string host)
    {
        var local = host + owner;
        await Task.Yield();
        throw new InvalidOperationException(local);
    }

    public static async Task Loop(string[] hosts)
    {
        foreach (var host in hosts)
        {
            var length = host.Length;
            await Task.Yield();
            if (length > 3)
                throw new InvalidOperationException($"{host}{length}");
        }
    }
}
