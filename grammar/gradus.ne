# The syntax of gradus.
#
# Operators are not here: an expression is a run of operands and operators side by side, which
# src/language/fold.ts folds by the levels of src/language/precedence.ts. So there is one rule where a cascade
# would have fifteen, and a column of the (Earley) parser holds few states. What a token is to its neighbours
# (sign or difference, literal or subscript, call or product) src/language/tokenize.ts has settled, so that
# every source has at most one parse.

@preprocessor typescript
@lexer lexer
@{%
import * as build from './build.ts';
import * as statements from './statements.ts';
import { lexer } from './stream.ts';
%}

source      -> statement                                     {% (d) => d[0] %}
             | source statement                              {% (d) => statements.gather(d[0], d[1]) %}

# --- statements -----------------------------------------------------------------------------------------------------

statement   -> run %end                                      {% (d) => [statements.objective(undefined, undefined, d[0])] %}
             | run "=" run %end                              {% (d) => [statements.definition(d[0], d[2])] %}
             | %sense run %end                               {% (d) => [statements.objective(d[0], undefined, d[1])] %}
             | %sense run "=" run %end                       {% (d) => [statements.objective(d[0], d[1], d[3])] %}
             | %metric run "=" run %end                      {% (d) => [statements.metric(d[0], d[1], d[3])] %}
             | %role declarations %end                       {% (d) => statements.declarations(d[0], d[1]) %}

declarations -> declaration                                  {% (d) => build.list(d[0]) %}
             | declarations "," declaration                  {% (d) => build.list(d[2], d[0]) %}

declaration -> declared                                      {% (d) => d[0] %}
             | declared "=" run                              {% (d) => statements.initialised(d[0], d[1], d[2]) %}
             | declared "~" run                              {% (d) => statements.initialised(d[0], d[1], d[2]) %}

declared    -> %name                                         {% (d) => statements.declared(d[0]) %}
             | %name ":" %bracket items "]"                  {% (d) => statements.shaped(d[0], d[2], d[3], d[4]) %}
             | %callee "(" items ")"                        {% (d) => statements.called(d[0], d[2], d[3]) %}
             | declared %name                                {% (d) => statements.withFact(d[0], d[1]) %}
             | declared %from columns                        {% (d) => statements.filled(d[0], d[1], d[2]) %}

columns     -> %column                                       {% (d) => build.list(d[0]) %}
             | columns "," %column                           {% (d) => build.list(d[2], d[0]) %}

# --- expressions ----------------------------------------------------------------------------------------------------

# prefix* operand postfix* (infix prefix* operand postfix*)*
run         -> operand                                       {% (d) => [d[0]] %}
             | lead operand                                  {% (d) => build.append(d[0], d[1]) %}
             | run %postfix                                  {% (d) => build.append(d[0], d[1]) %}
             | run subscripts                                {% (d) => build.append(d[0], d[1]) %}

lead        -> %prefix                                       {% (d) => [d[0]] %}
             | lead %prefix                                  {% (d) => build.append(d[0], d[1]) %}
             | run %infix                                    {% (d) => build.append(d[0], d[1]) %}

operand     -> %number                                       {% (d) => build.numeral(d[0]) %}
             | %fraction                                     {% (d) => build.fraction(d[0]) %}
             | %name                                         {% (d) => build.variable(d[0]) %}
             | "(" run ")"                                   {% (d) => build.parenthesised(d[0], d[1], d[2]) %}
             | %bar run %endbar                              {% (d) => build.barred(d[0], d[1], d[2]) %}
             | %bracket rows "]"                             {% (d) => build.bracket(d[0], d[1], d[2]) %}
             | %callee "(" ")"                               {% (d) => build.application(d[0], undefined, d[2]) %}
             | %callee "(" items ")"                         {% (d) => build.application(d[0], d[2], d[3]) %}
             | %callee %bar run %endbar                     {% (d) => build.applied(d[0], build.barred(d[1], d[2], d[3])) %}
             | %indexed subscripts "(" items ")"             {% (d) => build.indexed(d[0], d[1], d[3], d[4]) %}

items       -> run                                           {% (d) => build.list(d[0]) %}
             | items "," run                                 {% (d) => build.list(d[2], d[0]) %}

rows        -> items                                         {% (d) => build.list(d[0]) %}
             | rows ";" items                                {% (d) => build.list(d[2], d[0]) %}

subscripts  -> %subscript places "]"                         {% (d) => build.subscripts(d[0], d[1], d[2]) %}

places      -> place                                         {% (d) => build.list(d[0]) %}
             | places "," place                              {% (d) => build.list(d[2], d[0]) %}

place       -> run                                           {% (d) => ({ from: d[0] }) %}
             | ":"                                           {% (d) => ({ colon: d[0] }) %}
             | run ":"                                       {% (d) => ({ from: d[0], colon: d[1] }) %}
             | ":" run                                       {% (d) => ({ colon: d[0], to: d[1] }) %}
             | run ":" run                                   {% (d) => ({ from: d[0], colon: d[1], to: d[2] }) %}
             | %name "=" run ":" run                         {% (d) => ({ name: d[0], from: d[2], colon: d[3], to: d[4] }) %}
