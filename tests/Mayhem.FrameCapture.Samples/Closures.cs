namespace Mayhem.FrameCapture.Samples;

/// <summary>Lambdas and local functions, and the variables they share with the methods around them.</summary>
public sealed class Closures
{
    private readonly string owner = "ops";

    public int InLambda(string host, int times)
    {
        var seen = new List<int>();
        for (var round = 0; round < times; round++)
        {
            var label = $"{host}-{round}";
            Func<int, int> check = number =>
            {
                seen.Add(number);
                var doubled = number * 2;
                if (number == 2)
                    throw new InvalidOperationException($"{owner}{label}{doubled}");
                return doubled;
            };
            check(round);
        }

        return seen.Count;
    }

    public static int InLocalFunction(string host)
    {
        var tries = 0;
        return Try(5);

        int Try(int limit)
        {
            tries++;
            var left = limit - tries;
            if (left == 3)
                throw new InvalidOperationException($"{host} {left}");
            return Try(limit);
        }
    }

    public static int InStaticLambda(int number)
    {
        Func<int, int> half = static value =>
        {
            var part = value / 2;
            throw new InvalidOperationException($"{part}");
        };
        return half(number);
    }

    public async Task InAsyncLambda(string host)
    {
        var attempt = 1;
        Func<string, Task> run = async zone =>
        {
            await Task.Yield();
            attempt++;
            throw new InvalidOperationException($"{owner}{host}{zone}{attempt}");
        };
        await run("west");
    }

    public static int ParameterChangedInLambda(int number)
    {
        Action increase = () => number += 40;
        increase();
        if (number > 40)
            throw new InvalidOperationException("Changed");
        return number;
    }
}
