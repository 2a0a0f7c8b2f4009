using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Mayhem.Benchmarks.Subjects;

/// <summary>What is measured, compiled twice: woven as Mayhem's own assemblies are, and as a plain Release build.</summary>
public sealed class Work
{
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

    /// <summary>Some work without a failure: reads a request and looks at what it asks for.</summary>
    public int Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var version = root.GetProperty("version").GetInt32();
        var host = root.GetProperty("host").GetString();
        if (version != 1 || host is null)
            throw new InvalidOperationException("Not a request.");
        return host.Length + seen.Count;
    }

    /// <summary>A tight loop, in which each local variable is assigned again and again: reads a line of fields and counts them.</summary>
    public int Count(string line)
    {
        var total = 0;
        var start = 0;
        while (start < line.Length)
        {
            var end = line.IndexOf(';', start);
            var length = (end < 0 ? line.Length : end) - start;
            var field = line.Substring(start, length);
            var known = seen.GetValueOrDefault(field);
            seen[field] = known + 1;
            total += length;
            start += length + 1;
        }

        if (total == 0)
            throw new InvalidOperationException("An empty line.");
        return total;
    }

    /// <summary>The same, from an async method that waits for what is there already.</summary>
    public async ValueTask<int> CountAsync(ValueTask<string> line)
    {
        var text = await line;
        var total = Count(text);
        return total;
    }

    /// <summary>The same, from an async method that really waits.</summary>
    public async Task<int> CountLater(string line)
    {
        var before = seen.Count;
        await Task.Yield();
        var total = Count(line);
        return total + before - before;
    }

    /// <summary>Throws through five frames, which a plain build must have as well.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int First(string host, int attempt)
    {
        var label = host;
        return Second(label, attempt + 1) + label.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Second(string host, int attempt)
    {
        var next = attempt + 1;
        return Third(host, next) + next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Third(string host, int attempt)
    {
        var next = attempt + 1;
        return Fourth(host, next) + next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Fourth(string host, int attempt)
    {
        var next = attempt + 1;
        return Fifth(host, next) + next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Fifth(string host, int attempt)
    {
        var count = seen.Count + attempt;
        if (count >= 0)
            throw new InvalidOperationException(host);
        return count;
    }
}
