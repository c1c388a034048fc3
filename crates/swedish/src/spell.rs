//! Distance between a typed word and a known one: insertions, deletions, substitutions and
//! swaps of neighbours (optimal string alignment), given up as soon as it is over a bound.

use crate::fold::undot_letter;

/// Longest word that is compared, in letters.
const LETTERS_MAX: usize = 40;

/// The distance, if it is at most `max`.
pub(crate) fn distance(a: &[char], b: &[char], max: usize) -> Option<usize> {
    if a.len() > LETTERS_MAX || b.len() > LETTERS_MAX || a.len().abs_diff(b.len()) > max {
        return None;
    }
    let mut before = [0_usize; LETTERS_MAX + 1];
    let mut previous = [0_usize; LETTERS_MAX + 1];
    let mut current = [0_usize; LETTERS_MAX + 1];
    (0..=b.len()).for_each(|j| previous[j] = j);
    for i in 1..=a.len() {
        current[0] = i;
        let mut least = i;
        for j in 1..=b.len() {
            let same = a[i - 1] == b[j - 1];
            let mut cost = (previous[j] + 1)
                .min(current[j - 1] + 1)
                .min(previous[j - 1] + usize::from(!same));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            current[j] = cost;
            least = least.min(cost);
        }
        if least > max {
            return None;
        }
        before = previous;
        previous = current;
    }
    Some(previous[b.len()]).filter(|&d| d <= max)
}

/// One bit for each letter that occurs, for a fast "cannot be near".
pub(crate) fn letter_mask(word: &str) -> u32 {
    word.chars().fold(0, |mask, c| mask | 1 << letter_bit(c))
}

/// The mask of the same word without dots.
pub(crate) fn undot_mask(mask: u32) -> u32 {
    ['å', 'ä', 'ö'].into_iter().fold(mask, |mask, c| {
        let dotted = 1 << letter_bit(c);
        if mask & dotted == 0 {
            mask
        } else {
            mask & !dotted | 1 << letter_bit(undot_letter(c))
        }
    })
}

const fn letter_bit(c: char) -> u32 {
    match c {
        'a'..='z' => c as u32 - 'a' as u32,
        'å' => 26,
        'ä' => 27,
        'ö' => 28,
        '0'..='9' => 29,
        _ => 30,
    }
}

#[cfg(test)]
mod tests {
    use super::distance;

    fn d(a: &str, b: &str, max: usize) -> Option<usize> {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        distance(&chars(a), &chars(b), max)
    }

    #[test]
    fn one_slip_of_each_kind_counts_as_one() {
        assert_eq!(d("underställing", "underställning", 2), Some(1));
        assert_eq!(d("umgängestöd", "umgängesstöd", 2), Some(1));
        assert_eq!(d("medlnig", "medling", 2), Some(1));
        assert_eq!(d("jav", "jäv", 2), Some(1));
        assert_eq!(d("adoption", "adoption", 0), Some(0));
    }

    #[test]
    fn what_is_over_the_bound_is_no_neighbour() {
        assert_eq!(d("medling", "mätning", 2), None);
        assert_eq!(d("lvm", "familjehem", 2), None);
    }
}
