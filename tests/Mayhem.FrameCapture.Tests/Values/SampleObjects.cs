namespace Mayhem.FrameCapture.Tests.Values;

/// <summary>A base class with a property.</summary>
internal class Machine(string name)
{
    public string Name { get; } = name;
}

/// <summary>A class with a field, a property and a base class.</summary>
internal sealed class Server(string name) : Machine(name)
{
    private readonly int load = 3;

    public string Zone { get; init; } = "";

    public int Load => load;
}

/// <summary>An object that may lead to itself.</summary>
internal sealed class Node
{
    public Node? Next { get; set; }
}

/// <summary>Running any code of it fails.</summary>
internal sealed class Trap
{
    public TrapItems Items { get; } = new();

    public string Name => Items is null ? "" : throw new InvalidOperationException("A property was read.");

    public override string ToString() => throw new InvalidOperationException("ToString was called.");

    public override bool Equals(object? obj) => throw new InvalidOperationException("Equals was called.");

    public override int GetHashCode() => throw new InvalidOperationException("GetHashCode was called.");
}

/// <summary>Enumerating it fails.</summary>
internal sealed class TrapItems : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator() => throw new InvalidOperationException("It was enumerated.");

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
