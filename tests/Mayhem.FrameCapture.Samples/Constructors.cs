namespace Mayhem.FrameCapture.Samples;

public class Base(string name)
{
    public string Name { get; } = name;
}

/// <summary>Its constructor throws after the base constructor.</summary>
public sealed class Derived : Base
{
    private readonly int size = 7;

    public Derived(string name, bool throws)
        : base(name + "!")
    {
        var sum = size + name.Length;
        if (throws)
            throw new InvalidOperationException($"{sum}");
    }

    public Derived(string name)
        : this(name, throws: true)
    {
    }
}

/// <summary>A struct with a constructor and a method that throw.</summary>
public struct Money
{
    private readonly decimal amount;
    private readonly string currency;

    public Money(decimal amount, string currency)
    {
        this.amount = amount;
        this.currency = currency;
        if (currency.Length != 3)
            throw new InvalidOperationException($"No currency: {currency}");
    }

    public readonly decimal Split(int parts)
    {
        var each = amount / 2;
        if (parts == 0)
            throw new InvalidOperationException($"{each} {currency}");
        return each / parts;
    }
}

/// <summary>An object whose init accessor throws.</summary>
public sealed class Limited
{
    private readonly int limit;

    public int Limit
    {
        get => limit;
        init
        {
            var twice = value * 2;
            if (twice > 10)
                throw new InvalidOperationException($"{twice} is too much");
            limit = value;
        }
    }
}
