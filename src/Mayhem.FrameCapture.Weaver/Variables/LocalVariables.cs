using Mayhem.FrameCapture.Maps;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mayhem.FrameCapture.Weaver.Variables;

/// <summary>The local variables of a method by the names in its debug symbols, and those in closures it made.</summary>
internal static class LocalVariables
{
    public static IEnumerable<FrameVariable> Of(MethodDefinition method)
    {
        var places = method.Body.Variables;
        var named = Named(method.Body, method.DebugInformation.Scope, isRoot: true).Where(local => local.Variable.Index < places.Count).ToArray();
        foreach (var (variable, scope) in named)
        {
            var place = places[variable.Index];
            if (!variable.IsDebuggerHidden && IsWritten(variable.Name) && !place.VariableType.IsClosure())
            {
                yield return FrameVariable.Read(variable.Name, place) with
                {
                    Scope = scope,
                    FirstStore = Stores.FirstTo(method, place),
                    SharesItsPlace = named.Count(other => other.Variable.Index == variable.Index) > 1,
                };
            }
        }

        foreach (var place in places.Where(place => place.VariableType.IsClosure()))
        {
            var code = place.VariableType.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc;
            foreach (var variable in ClosureVariables.Of(place.VariableType, VariableKind.Local, load => load.Add(code, place)))
                yield return variable with { Scope = named.FirstOrDefault(local => local.Variable.Index == place.Index).Scope };
        }
    }

    private static bool IsWritten(string name) => !name.StartsWith('<') && !name.StartsWith("CS$", StringComparison.Ordinal);

    private static IEnumerable<(VariableDebugInformation Variable, Scope? Scope)> Named(MethodBody body, ScopeDebugInformation? scope, bool isRoot)
    {
        if (scope is null)
            yield break;
        foreach (var variable in scope.Variables)
            yield return (variable, isRoot ? null : Scope.Of(body, scope.Start, scope.End));
        foreach (var local in scope.Scopes.SelectMany(inner => Named(body, inner, isRoot: false)))
            yield return local;
    }
}
