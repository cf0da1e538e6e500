CREATE TABLE `certificate` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`kind` text NOT NULL,
	`person_id` text NOT NULL,
	`class_id` text,
	`attempt_id` text,
	`path` text NOT NULL,
	`frozen` text NOT NULL,
	`issued_on` text NOT NULL,
	`valid_until` text,
	`state` text NOT NULL,
	`revoked_reason` text NOT NULL,
	`issued_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_number` ON `certificate` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_once` ON `certificate` (`class_id`,`person_id`,`kind`);--> statement-breakpoint
CREATE INDEX `certificate_person` ON `certificate` (`person_id`);--> statement-breakpoint
CREATE INDEX `certificate_path` ON `certificate` (`path`,`issued_at`);--> statement-breakpoint
CREATE TABLE `certificate_kind` (
	`code` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`issuer` text NOT NULL,
	`letter` text NOT NULL,
	`validity_months` integer,
	`source` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `number_series` (
	`key` text PRIMARY KEY NOT NULL,
	`last` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `registered_certificate` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`operation` text NOT NULL,
	`number` text NOT NULL,
	`valid_until` text,
	`path` text NOT NULL,
	`registered_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `registered_certificate_once` ON `registered_certificate` (`person_id`,`kind`,`operation`);--> statement-breakpoint
CREATE INDEX `registered_certificate_path` ON `registered_certificate` (`path`);--> statement-breakpoint
CREATE TABLE `attendance` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`class_id` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`way` text NOT NULL,
	`at` integer NOT NULL,
	`device` text,
	`by_account` text NOT NULL,
	`spot_check` integer NOT NULL,
	`checked_at` integer,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attendance_once` ON `attendance` (`session_id`,`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `attendance_device` ON `attendance` (`session_id`,`device`) WHERE device is not null;--> statement-breakpoint
CREATE INDEX `attendance_person` ON `attendance` (`person_id`);--> statement-breakpoint
CREATE INDEX `attendance_class` ON `attendance` (`class_id`);--> statement-breakpoint
CREATE TABLE `class_instructor` (
	`class_id` text NOT NULL,
	`account_id` text NOT NULL,
	PRIMARY KEY(`class_id`, `account_id`)
);
--> statement-breakpoint
CREATE TABLE `class_session` (
	`id` text PRIMARY KEY NOT NULL,
	`class_id` text NOT NULL,
	`held_on` text NOT NULL,
	`half` text NOT NULL,
	`topic` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`sign_from` integer NOT NULL,
	`sign_until` integer NOT NULL,
	`secret` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `class_session_half` ON `class_session` (`class_id`,`held_on`,`half`);--> statement-breakpoint
CREATE TABLE `enrolment` (
	`id` text PRIMARY KEY NOT NULL,
	`class_id` text NOT NULL,
	`person_id` text NOT NULL,
	`path` text NOT NULL,
	`unit` text NOT NULL,
	`enrolled_by` text NOT NULL,
	`enrolled_at` integer NOT NULL,
	`withdrawn_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enrolment_once` ON `enrolment` (`class_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `enrolment_person` ON `enrolment` (`person_id`);--> statement-breakpoint
CREATE TABLE `outside_training` (
	`id` text PRIMARY KEY NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`title` text NOT NULL,
	`organizer` text NOT NULL,
	`place` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`half_days` integer NOT NULL,
	`upload_id` text,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`entered_by` text NOT NULL,
	`entered_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer
);
--> statement-breakpoint
CREATE INDEX `outside_training_path` ON `outside_training` (`path`,`entered_at`);--> statement-breakpoint
CREATE TABLE `outside_training_person` (
	`training_id` text NOT NULL,
	`person_id` text NOT NULL,
	`half_days` integer NOT NULL,
	PRIMARY KEY(`training_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `outside_training_person_person` ON `outside_training_person` (`person_id`);--> statement-breakpoint
CREATE TABLE `sign_in_try` (
	`session_id` text NOT NULL,
	`person_id` text NOT NULL,
	`failures` integer NOT NULL,
	PRIMARY KEY(`session_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `sign_sheet` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`upload_id` text NOT NULL,
	`by_account` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `training_class` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`organizer` text NOT NULL,
	`place` text NOT NULL,
	`note` text NOT NULL,
	`state` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`course_id` text,
	`certificate_kind` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `training_class_path` ON `training_class` (`path`,`starts_on`);--> statement-breakpoint
CREATE TABLE `course` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`audience` text NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`is_public` integer NOT NULL,
	`timed` integer NOT NULL,
	`duty_basis` text,
	`state` text NOT NULL,
	`sources` text NOT NULL,
	`created_at` integer NOT NULL,
	`published_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `course_slug` ON `course` (`slug`);--> statement-breakpoint
CREATE INDEX `course_path` ON `course` (`path`);--> statement-breakpoint
CREATE TABLE `credit_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`year` integer NOT NULL,
	`kind` text NOT NULL,
	`half_days` integer NOT NULL,
	`credit_hundredths` integer NOT NULL,
	`held_on` text NOT NULL,
	`title` text NOT NULL,
	`evidence` text NOT NULL,
	`rule_version` text NOT NULL,
	`reverses` text,
	`entered_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credit_entry_reverses` ON `credit_entry` (`reverses`);--> statement-breakpoint
CREATE UNIQUE INDEX `credit_entry_once` ON `credit_entry` (`person_id`,`evidence`) WHERE reverses is null;--> statement-breakpoint
CREATE INDEX `credit_entry_person_year` ON `credit_entry` (`person_id`,`year`);--> statement-breakpoint
CREATE TABLE `lesson` (
	`id` text PRIMARY KEY NOT NULL,
	`course_id` text NOT NULL,
	`chapter` text NOT NULL,
	`ordinal` integer NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`files` text NOT NULL,
	`minutes` integer NOT NULL,
	`credit_hundredths` integer NOT NULL,
	`quiz` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `lesson_course` ON `lesson` (`course_id`,`ordinal`);--> statement-breakpoint
CREATE TABLE `lesson_progress` (
	`person_id` text NOT NULL,
	`lesson_id` text NOT NULL,
	`course_id` text NOT NULL,
	`credited_ms` integer NOT NULL,
	`position` integer NOT NULL,
	`reached_end_at` integer,
	`quiz_tries` integer NOT NULL,
	`quiz_passed_at` integer,
	`completed_at` integer,
	`opened_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`person_id`, `lesson_id`)
);
--> statement-breakpoint
CREATE INDEX `lesson_progress_course` ON `lesson_progress` (`course_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `live_play` (
	`person_id` text PRIMARY KEY NOT NULL,
	`play_id` text NOT NULL,
	`lesson_id` text NOT NULL,
	`pinged_at` integer NOT NULL,
	`prompt_at` integer NOT NULL,
	`prompt_until` integer,
	`unconfirmed_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `adoption` (
	`id` text PRIMARY KEY NOT NULL,
	`pack_id` text NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`document_number` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`adopted_by` text NOT NULL,
	`adopted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `adoption_once` ON `adoption` (`pack_id`,`division_id`,`from_on`);--> statement-breakpoint
CREATE INDEX `adoption_path` ON `adoption` (`path`);--> statement-breakpoint
CREATE TABLE `counter` (
	`division_id` text NOT NULL,
	`year` integer NOT NULL,
	`grouping` text NOT NULL,
	`headcount` integer NOT NULL,
	`covered` integer NOT NULL,
	`ruled` integer NOT NULL,
	`exempt` integer NOT NULL,
	`met` integer NOT NULL,
	PRIMARY KEY(`division_id`, `year`, `grouping`)
);
--> statement-breakpoint
CREATE TABLE `exemption` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`year` integer NOT NULL,
	`path` text NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exemption_once` ON `exemption` (`person_id`,`rule_id`,`year`);--> statement-breakpoint
CREATE INDEX `exemption_path` ON `exemption` (`path`,`asked_at`);--> statement-breakpoint
CREATE TABLE `frozen_figure` (
	`division_id` text NOT NULL,
	`month` text NOT NULL,
	`grouping` text NOT NULL,
	`figures` text NOT NULL,
	`frozen_at` integer NOT NULL,
	PRIMARY KEY(`division_id`, `month`, `grouping`)
);
--> statement-breakpoint
CREATE TABLE `indicator` (
	`id` text PRIMARY KEY NOT NULL,
	`plan_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`nature` text NOT NULL,
	`base_value` text NOT NULL,
	`target_value` text NOT NULL,
	`final_value` text NOT NULL,
	`source` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `indicator_ordinal` ON `indicator` (`plan_id`,`ordinal`);--> statement-breakpoint
CREATE TABLE `indicator_plan` (
	`id` text PRIMARY KEY NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`title` text NOT NULL,
	`from_year` integer NOT NULL,
	`until_year` integer NOT NULL,
	`closed_at` integer,
	`source` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `indicator_plan_title` ON `indicator_plan` (`division_id`,`title`);--> statement-breakpoint
CREATE TABLE `person_year` (
	`person_id` text NOT NULL,
	`year` integer NOT NULL,
	`attendance_half_days` integer NOT NULL,
	`elsewhere_half_days` integer NOT NULL,
	`online_credit_hundredths` integer NOT NULL,
	`adjustment_half_days` integer NOT NULL,
	`adjustment_credit_hundredths` integer NOT NULL,
	`certificates` integer NOT NULL,
	`items` integer NOT NULL,
	PRIMARY KEY(`person_id`, `year`)
);
--> statement-breakpoint
CREATE TABLE `rule` (
	`id` text PRIMARY KEY NOT NULL,
	`pack_id` text NOT NULL,
	`title` text NOT NULL,
	`categories` text NOT NULL,
	`metric` text NOT NULL,
	`required` integer NOT NULL,
	`strength` text NOT NULL,
	`risk` text NOT NULL,
	`ordinal` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `rule_pack_id` ON `rule` (`pack_id`);--> statement-breakpoint
CREATE TABLE `rule_pack` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`division_id` text NOT NULL,
	`document` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`hours_per_day` integer NOT NULL,
	`online_share_max` integer,
	`source` text NOT NULL,
	`mark` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `standing` (
	`post_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`year` integer NOT NULL,
	`person_id` text NOT NULL,
	`category` text NOT NULL,
	`roster` text NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`organization_id` text,
	`required` integer NOT NULL,
	`done` integer NOT NULL,
	`exempt` integer NOT NULL,
	`met` integer NOT NULL,
	`covered` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `rule_id`, `year`)
);
--> statement-breakpoint
CREATE INDEX `standing_person` ON `standing` (`person_id`,`year`);--> statement-breakpoint
CREATE INDEX `standing_path` ON `standing` (`year`,`path`,`person_id`);--> statement-breakpoint
CREATE INDEX `standing_met` ON `standing` (`year`,`roster`,`met`,`path`,`person_id`);--> statement-breakpoint
CREATE INDEX `standing_covered` ON `standing` (`year`,`roster`,`covered`,`path`,`person_id`);--> statement-breakpoint
CREATE INDEX `standing_organization` ON `standing` (`organization_id`,`year`);--> statement-breakpoint
CREATE TABLE `event` (
	`id` text PRIMARY KEY NOT NULL,
	`stream` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`actor_name` text NOT NULL,
	`at` integer NOT NULL,
	`path` text NOT NULL,
	`detail` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_stream_seq` ON `event` (`stream`,`seq`);--> statement-breakpoint
CREATE INDEX `event_path_at` ON `event` (`path`,`at`);--> statement-breakpoint
CREATE INDEX `event_actor_at` ON `event` (`actor_id`,`at`);--> statement-breakpoint
CREATE TABLE `attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`exam_id` text NOT NULL,
	`person_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`submitted_at` integer,
	`lease` text NOT NULL,
	`lease_at` integer NOT NULL,
	`receipt` text,
	`score` integer,
	`passed` integer,
	`leaves` integer NOT NULL,
	`shape` text NOT NULL,
	`result` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempt_ordinal` ON `attempt` (`exam_id`,`person_id`,`ordinal`);--> statement-breakpoint
CREATE INDEX `attempt_person` ON `attempt` (`person_id`);--> statement-breakpoint
CREATE INDEX `attempt_due` ON `attempt` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `attempt_answer` (
	`attempt_id` text NOT NULL,
	`slot` integer NOT NULL,
	`seq` integer NOT NULL,
	`answer` text NOT NULL,
	`saved_at` integer NOT NULL,
	`late` integer NOT NULL,
	PRIMARY KEY(`attempt_id`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `attempt_paper` (
	`attempt_id` text PRIMARY KEY NOT NULL,
	`items` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `exam` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`class_id` text,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`blueprint` text NOT NULL,
	`opens_at` integer NOT NULL,
	`entry_until` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`minutes` integer NOT NULL,
	`total_score` integer NOT NULL,
	`pass_score` integer NOT NULL,
	`attempts_max` integer NOT NULL,
	`grace_seconds` integer NOT NULL,
	`notice` text NOT NULL,
	`show_review` integer NOT NULL,
	`state` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exam_path` ON `exam` (`path`,`opens_at`);--> statement-breakpoint
CREATE INDEX `exam_class` ON `exam` (`class_id`);--> statement-breakpoint
CREATE TABLE `exam_allowance` (
	`exam_id` text NOT NULL,
	`person_id` text NOT NULL,
	`extra_minutes` integer NOT NULL,
	`reason` text NOT NULL,
	`granted_by` text NOT NULL,
	`granted_at` integer NOT NULL,
	PRIMARY KEY(`exam_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `exam_template` (
	`code` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`parts` text NOT NULL,
	`minutes` integer NOT NULL,
	`pass_score` integer NOT NULL,
	`source` text NOT NULL,
	`mark` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `question` (
	`id` text PRIMARY KEY NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`type` text NOT NULL,
	`stem` text NOT NULL,
	`stem_key` text NOT NULL,
	`options` text NOT NULL,
	`answer` text NOT NULL,
	`explanation` text NOT NULL,
	`basis` text NOT NULL,
	`difficulty` text NOT NULL,
	`topic` text NOT NULL,
	`version` integer NOT NULL,
	`withdrawn_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `question_stem` ON `question` (`division_id`,`stem_key`);--> statement-breakpoint
CREATE INDEX `question_draw` ON `question` (`division_id`,`type`,`topic`,`difficulty`);--> statement-breakpoint
CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`login_name` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text,
	`must_change_password` integer NOT NULL,
	`disabled_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_login_name` ON `account` (`login_name`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_person` ON `account` (`person_id`);--> statement-breakpoint
CREATE TABLE `account_grant` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`role` text NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`organization_id` text
);
--> statement-breakpoint
CREATE INDEX `account_grant_account` ON `account_grant` (`account_id`);--> statement-breakpoint
CREATE TABLE `card` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`issue` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`failures` integer NOT NULL,
	`used_at` integer,
	`withdrawn_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `card_person_issue` ON `card` (`person_id`,`issue`);--> statement-breakpoint
CREATE TABLE `category_alias` (
	`division_id` text NOT NULL,
	`word` text NOT NULL,
	`category` text NOT NULL,
	PRIMARY KEY(`division_id`, `word`)
);
--> statement-breakpoint
CREATE TABLE `division` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text,
	`parent_id` text,
	`name` text NOT NULL,
	`level` text NOT NULL,
	`path` text NOT NULL,
	`pinyin` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `division_path` ON `division` (`path`);--> statement-breakpoint
CREATE UNIQUE INDEX `division_parent_name` ON `division` (`parent_id`,`name`);--> statement-breakpoint
CREATE INDEX `division_parent` ON `division` (`parent_id`);--> statement-breakpoint
CREATE TABLE `login_throttle` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`since` integer NOT NULL,
	`blocked_until` integer
);
--> statement-breakpoint
CREATE TABLE `organization` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`credit_code` text,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`industry` text,
	`high_risk` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organization_division_name` ON `organization` (`division_id`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `organization_credit_code` ON `organization` (`credit_code`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`pinyin` text NOT NULL,
	`id_cipher` text,
	`id_hash` text,
	`id_masked` text NOT NULL,
	`sex` text NOT NULL,
	`birth_on` text NOT NULL,
	`phone` text NOT NULL,
	`path` text NOT NULL,
	`merged_into` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_id_hash` ON `person` (`id_hash`);--> statement-breakpoint
CREATE INDEX `person_path_pinyin` ON `person` (`path`,`pinyin`);--> statement-breakpoint
CREATE INDEX `person_phone` ON `person` (`phone`);--> statement-breakpoint
CREATE INDEX `person_merged_into` ON `person` (`merged_into`);--> statement-breakpoint
CREATE INDEX `person_name` ON `person` (`name`);--> statement-breakpoint
CREATE TABLE `post` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`category` text NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`organization_id` text,
	`unit` text NOT NULL,
	`title` text NOT NULL,
	`operation` text NOT NULL,
	`held_from` text NOT NULL,
	`held_until` text,
	`sameness` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `post_current` ON `post` (`person_id`,`sameness`) WHERE held_until is null;--> statement-breakpoint
CREATE INDEX `post_person` ON `post` (`person_id`);--> statement-breakpoint
CREATE INDEX `post_path` ON `post` (`path`);--> statement-breakpoint
CREATE INDEX `post_division` ON `post` (`division_id`);--> statement-breakpoint
CREATE INDEX `post_organization` ON `post` (`organization_id`);--> statement-breakpoint
CREATE TABLE `post_category` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`level` text NOT NULL,
	`roster` text NOT NULL,
	`ordinal` integer NOT NULL,
	`source` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`address` text NOT NULL,
	`agent` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `session_account` ON `session` (`account_id`);--> statement-breakpoint
CREATE INDEX `session_expires` ON `session` (`expires_at`);--> statement-breakpoint
CREATE TABLE `column_memory` (
	`division_id` text NOT NULL,
	`kind` text NOT NULL,
	`heading` text NOT NULL,
	`field` text NOT NULL,
	PRIMARY KEY(`division_id`, `kind`, `heading`)
);
--> statement-breakpoint
CREATE TABLE `fact` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `job` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`payload` text NOT NULL,
	`run_at` integer NOT NULL,
	`lease_until` integer,
	`attempts` integer NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`done_at` integer,
	`failure` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_key` ON `job` (`key`);--> statement-breakpoint
CREATE INDEX `job_due` ON `job` (`done_at`,`run_at`);--> statement-breakpoint
CREATE TABLE `sheet_import` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`organization_id` text,
	`file_id` text NOT NULL,
	`file_name` text NOT NULL,
	`account_id` text NOT NULL,
	`as_of` text,
	`mapping` text,
	`summary` text,
	`refusal` text,
	`created_at` integer NOT NULL,
	`committed_at` integer
);
--> statement-breakpoint
CREATE INDEX `sheet_import_path` ON `sheet_import` (`path`,`created_at`);--> statement-breakpoint
CREATE TABLE `sheet_row` (
	`import_id` text NOT NULL,
	`row` integer NOT NULL,
	`outcome` text NOT NULL,
	`confirmed` integer NOT NULL,
	`decision` text NOT NULL,
	`applied_at` integer,
	PRIMARY KEY(`import_id`, `row`)
);
--> statement-breakpoint
CREATE TABLE `upload` (
	`id` text PRIMARY KEY NOT NULL,
	`sha256` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`about` text NOT NULL,
	`path` text NOT NULL,
	`by_account` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `upload_about` ON `upload` (`about`);